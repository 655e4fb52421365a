package dev.thaw.launcher.bench;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.meta.UserScorer;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** Trainings for the ratings of new users of whom a split gives some. */
final class RatingTimes {
  private static final int TURNS = 5;

  /** CPU seconds of an epoch of the official code at the least. */
  private static final double OFFICIAL_EPOCH = 31;

  private static final int OFFICIAL_EPOCHS = 20;
  private static final double TIMES_FASTER = 10;

  private final int threads;
  private final long seed;

  RatingTimes(int threads, long seed) {
    this.threads = threads;
    this.seed = seed;
  }

  List<Figure> run(Experiment split) {
    Interactions training = split.training();
    Timed<BiasModel> biases = Timed.of(TURNS, () -> BiasModel.fit(training, split.scale()));
    RatingErrors bar =
        SplitErrors.ratings(
            split,
            user -> {
              double bias = biases.result().userBias(support(user));
              return item -> biases.result().rating(bias, biases.result().items().indexOf(item));
            });
    Timed<FactorModel> sgd = Timed.of(TURNS, () -> biased(split.scale()).fit(training, random()));
    Timed<FactorModel> als = Timed.of(TURNS, () -> als(training, split.scale()));
    EpochTimes epochs = new EpochTimes(TrainingProgress.SILENT);
    Timed<MetaTrainer.Run> meta = Timed.once(1, () -> meta(split, epochs));
    RatingErrors adapted =
        SplitErrors.ratings(
            split,
            user -> {
              UserProfile profile =
                  split
                      .profiles()
                      .getOrDefault(
                          user.user(),
                          new UserProfile(user.user(), Map.of(), List.of(), Instant.EPOCH));
              UserScorer scorer =
                  meta.result().model().scorer(meta.result().model().adapt(profile, support(user)));
              return scorer::rating;
            });
    int size = training.size();
    return List.of(
        beside(sgd.figure("biased factorisation, SGD", size), errors(split, sgd), biases, bar),
        beside(als.figure("explicit ALS", size), errors(split, als), biases, bar),
        beside(
                Figure.of(
                        "MeLU, an epoch, exact gradients, all threads",
                        epochs.cpuSeconds(),
                        "CPU s")
                    .with("s by the clock", epochs.seconds())
                    .with("ratings/s a core", size / epochs.cpuSeconds()),
                adapted,
                biases,
                bar)
            .atMost(OFFICIAL_EPOCH / TIMES_FASTER)
            .saidOf("reference, not measured here: official loop 31-51 CPU s an epoch"),
        beside(
                Figure.of("MeLU, an epoch, exact gradients, by the clock", epochs.seconds(), "s")
                    .with("CPU s", epochs.cpuSeconds()),
                adapted,
                biases,
                bar)
            .saidOf("reference, not measured here: batched PyTorch 5 s an epoch"),
        beside(
            meta.figure("MeLU, until converged, five factorisations included", size)
                .with("epochs", MetaConfig.DEFAULT.epochs())
                .with("best of them", meta.result().epoch()),
            adapted,
            biases,
            bar),
        beside(meta.cpuFigure("MeLU, until converged, all threads", size), adapted, biases, bar)
            .atMost(OFFICIAL_EPOCHS * OFFICIAL_EPOCH / TIMES_FASTER)
            .saidOf(
                "reference, not measured here: official code %d epochs, %.0f CPU s at the least, MAE .815"
                    .formatted(OFFICIAL_EPOCHS, OFFICIAL_EPOCHS * OFFICIAL_EPOCH)));
  }

  private static Figure beside(
      Figure figure, RatingErrors errors, Timed<BiasModel> biases, RatingErrors bar) {
    return figure
        .with("s of item mean + bias by the clock", biases.seconds())
        .with("MAE", errors.mae())
        .with("RMSE", errors.rmse())
        .with("MAE of item mean + bias", bar.mae())
        .with("its RMSE", bar.rmse());
  }

  private static RatingErrors errors(Experiment split, Timed<FactorModel> trained) {
    FactorModel model = trained.result();
    return SplitErrors.ratings(
        split,
        user -> {
          UserVector vector = model.foldIn(support(user));
          return item -> model.rating(vector, item);
        });
  }

  private static History support(HeldOutUser user) {
    return user.support(Objects.requireNonNull(user.support()));
  }

  Trainer<Interactions, FactorModel> biased(RatingScale scale) {
    return FactorTrainers.biasedFactorisation(
        BiasedFactorisationConfig.DEFAULT, scale, TrainingProgress.SILENT);
  }

  FactorModel als(Interactions ratings, RatingScale scale) {
    return FactorTrainers.explicitAls(
            ExplicitAlsConfig.DEFAULT, scale, threads, TrainingProgress.SILENT)
        .fit(ratings, random());
  }

  private MetaTrainer.Run meta(Experiment split, EpochTimes epochs) {
    return meta(
        new MetaData(
            split.training(), split.scale(), split.profiles(), split.catalogue(), Map.of()),
        MetaConfig.DEFAULT,
        epochs);
  }

  /** The factorisations below it included. */
  MetaTrainer.Run meta(MetaData data, MetaConfig config, TrainingProgress progress) {
    Trainer<Interactions, FactorModel> factors = biased(data.scale());
    FactorModel base = factors.fit(data.ratings(), random());
    return MetaTrainer.over(base, factors, config, threads, progress).run(data, random());
  }

  SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
