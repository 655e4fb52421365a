package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;

/** The trainers of factor models, by their standard names. */
public final class FactorTrainers {
  private FactorTrainers() {}

  /** Weighted ALS of the positive interactions. */
  public static Trainer<Interactions, FactorModel> implicitAls(
      ImplicitAlsConfig config, RatingScale scale, int threads, TrainingProgress progress) {
    return new ImplicitAlsTrainer(config, scale, threads, progress);
  }

  /** ALS of rating residuals beyond shrunk biases. */
  public static Trainer<Interactions, FactorModel> explicitAls(
      ExplicitAlsConfig config, RatingScale scale, int threads, TrainingProgress progress) {
    return new ExplicitAlsTrainer(config, scale, threads, progress);
  }

  /** Biased matrix factorisation by stochastic gradient descent. */
  public static Trainer<Interactions, FactorModel> biasedFactorisation(
      BiasedFactorisationConfig config, RatingScale scale, TrainingProgress progress) {
    return new BiasedFactorisationTrainer(config, scale, progress);
  }

  /** Trains another model with the parameters of a model, by ALS. */
  public static Trainer<Interactions, FactorModel> like(
      FactorModel model, int sweeps, int threads) {
    if (model.kind() == FactorKind.IMPLICIT) {
      return implicitAls(implicit(model, sweeps), model.scale(), threads, TrainingProgress.SILENT);
    }
    FoldIn foldIn = model.foldInParameters();
    return (data, random) -> {
      double userShrinkage = model.biases().userShrinkage();
      BiasModel biases =
          BiasModel.fit(data, model.scale(), BiasModel.ITEM_SHRINKAGE, userShrinkage);
      // a model knows the ridge of its fold-in, on the scale of the ratings, and no other
      ExplicitAlsConfig config =
          new ExplicitAlsConfig(
              model.rank(),
              ExplicitAlsConfig.DEFAULT.lambda(),
              ExplicitAlsConfig.DEFAULT.countPower(),
              sweeps,
              BiasModel.ITEM_SHRINKAGE,
              userShrinkage,
              foldIn.lambda() / biases.deviation(data));
      return explicitAls(config, model.scale(), threads, TrainingProgress.SILENT).fit(data, random);
    };
  }

  /** Trains items of two domains in one user space with the parameters of an implicit model. */
  public static CollectiveAlsTrainer collectiveLike(FactorModel model, int sweeps, int threads) {
    return new CollectiveAlsTrainer(implicit(model, sweeps), threads);
  }

  private static ImplicitAlsConfig implicit(FactorModel model, int sweeps) {
    FoldIn foldIn = model.foldInParameters();
    return new ImplicitAlsConfig(
        model.rank(),
        foldIn.lambda(),
        foldIn.alpha(),
        sweeps,
        model.popularityWeight(),
        foldIn.userRidge());
  }
}
