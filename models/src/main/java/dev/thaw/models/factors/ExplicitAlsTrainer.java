package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.random.RandomGenerator;

/**
 * ALS of what ratings hold beyond shrunk biases, with ridge weight {@code sigma lambda
 * n^countPower} for a row of length n and residuals of root mean square sigma; {@code countPower} 1
 * is ALS-WR, Zhou et al., AAIM 2008.
 */
final class ExplicitAlsTrainer implements Trainer<Interactions, FactorModel> {
  private final ExplicitAlsConfig config;
  private final RatingScale scale;
  private final int threads;
  private final TrainingProgress progress;

  ExplicitAlsTrainer(
      ExplicitAlsConfig config, RatingScale scale, int threads, TrainingProgress progress) {
    this.config = config;
    this.scale = scale;
    this.threads = threads;
    this.progress = progress;
  }

  @Override
  public FactorModel fit(Interactions data, RandomGenerator random) {
    BiasModel biases = BiasModel.fit(data, scale, config.itemShrinkage(), config.userShrinkage());
    double unit = biases.deviation(data);
    AlsParameters parameters = AlsParameters.of(config);
    AlternatingLeastSquares als =
        new AlternatingLeastSquares(data, parameters, unit, biases, random);
    als.run(config.sweeps(), threads, progress, "explicit ALS of " + data.domain());
    return new FactorModel(
        data.domain(),
        config.rank(),
        biases,
        parameters.users(unit),
        biases.itemBiases(),
        als.items());
  }
}
