package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.random.RandomGenerator;

/**
 * Weighted ALS of implicit feedback, Hu, Koren and Volinsky, ICDM 2008, eq. 3-5: everything not
 * positive is a zero with confidence 1, a positive is a one with confidence {@code 1 + alpha}. What
 * a sweep costs, {@link HalfStep} says.
 */
final class ImplicitAlsTrainer implements Trainer<Interactions, FactorModel> {
  private final ImplicitAlsConfig config;
  private final RatingScale scale;
  private final int threads;
  private final TrainingProgress progress;

  ImplicitAlsTrainer(
      ImplicitAlsConfig config, RatingScale scale, int threads, TrainingProgress progress) {
    this.config = config;
    this.scale = scale;
    this.threads = threads;
    this.progress = progress;
  }

  @Override
  public FactorModel fit(Interactions data, RandomGenerator random) {
    BiasModel biases = BiasModel.fit(data, scale);
    Interactions positives = data.where(scale::isPositive);
    AlsParameters parameters = AlsParameters.of(config);
    AlternatingLeastSquares als =
        new AlternatingLeastSquares(positives, parameters, 1, biases, random);
    als.run(config.sweeps(), threads, progress, "implicit ALS of " + data.domain());
    return new FactorModel(
        data.domain(),
        config.rank(),
        biases,
        parameters.users(1),
        popularityPrior(positives, config.popularityWeight()),
        als.items());
  }

  /** {@code weight log(1 + n_i)}: the item bias of a ranking by {@code b_i + <p, q_i>}. */
  static float[] popularityPrior(Interactions positives, double weight) {
    float[] prior = new float[positives.items().size()];
    for (int i = 0; i < prior.length; i++) {
      prior[i] = popularityPrior(positives.columnLength(i), weight);
    }
    return prior;
  }

  /** Of one item with so many positives. */
  static float popularityPrior(int positives, double weight) {
    return (float) (weight * Math.log1p(positives));
  }
}
