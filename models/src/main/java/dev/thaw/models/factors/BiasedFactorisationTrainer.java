package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.random.RandomGenerator;

/**
 * Biased matrix factorisation {@code mu + b_u + b_i + <p, q>} by stochastic gradient descent on the
 * regularised squared error. Koren, Bell and Volinsky, Computer 2009, eq. 5. One thread, since the
 * order of updates decides the result.
 */
final class BiasedFactorisationTrainer implements Trainer<Interactions, FactorModel> {
  private final BiasedFactorisationConfig config;
  private final RatingScale scale;
  private final TrainingProgress progress;

  BiasedFactorisationTrainer(
      BiasedFactorisationConfig config, RatingScale scale, TrainingProgress progress) {
    this.config = config;
    this.scale = scale;
    this.progress = progress;
  }

  @Override
  public FactorModel fit(Interactions data, RandomGenerator random) {
    double unit = BiasModel.fit(data, scale).deviation(data);
    Descent descent = new Descent(data, unit, config, random);
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      descent.epoch(config.learningRate() / (1 + epoch * config.decay()), random);
      progress.step("biased factorisation of " + data.domain(), epoch + 1, config.epochs());
    }
    BiasModel biases =
        new BiasModel(
            data.items(),
            scale,
            descent.mean,
            times(descent.itemBias, unit),
            BiasModel.USER_SHRINKAGE);
    FoldIn foldIn = FoldIn.explicit(config.foldInLambda() * unit, 0);
    return new FactorModel(
        data.domain(),
        config.rank(),
        biases,
        foldIn,
        biases.itemBiases(),
        times(descent.items, Math.sqrt(unit)));
  }

  private static float[] times(float[] values, double factor) {
    float[] products = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = (float) (values[i] * factor);
    }
    return products;
  }

  /** Parameters, of ratings less mu in units, and the order of entries, changed in place. */
  private static final class Descent {
    final Interactions data;
    final BiasedFactorisationConfig config;
    final double mean;
    final double unit;
    final float[] userBias;
    final float[] itemBias;
    final float[] users;
    final float[] items;
    final int[] order;
    final int[] userOf;

    Descent(
        Interactions data, double unit, BiasedFactorisationConfig config, RandomGenerator random) {
      this.data = data;
      this.config = config;
      this.mean = data.mean();
      this.unit = unit;
      this.userBias = new float[data.users().size()];
      this.itemBias = new float[data.items().size()];
      this.users = gaussians(data.users().size() * config.rank(), random);
      this.items = gaussians(data.items().size() * config.rank(), random);
      this.order = new int[data.size()];
      this.userOf = new int[data.size()];
      for (int u = 0; u < data.users().size(); u++) {
        for (int at = data.rowStart(u); at < data.rowStart(u + 1); at++) {
          order[at] = at;
          userOf[at] = u;
        }
      }
    }

    private float[] gaussians(int n, RandomGenerator random) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] = (float) (random.nextGaussian() * 0.1 / Math.sqrt(config.rank()));
      }
      return values;
    }

    void epoch(double rate, RandomGenerator random) {
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[other];
        order[other] = kept;
      }
      for (int entry : order) {
        step(userOf[entry], data.rowItem(entry), data.rowStrength(entry), (float) rate);
      }
    }

    private void step(int user, int item, float rating, float rate) {
      int rank = config.rank();
      int p = user * rank;
      int q = item * rank;
      double predicted = userBias[user] + itemBias[item];
      for (int f = 0; f < rank; f++) {
        predicted += users[p + f] * items[q + f];
      }
      float error = (float) ((rating - mean) / unit - predicted);
      float lambda = (float) config.lambda();
      float biasLambda = (float) config.biasLambda();
      userBias[user] += rate * (error - biasLambda * userBias[user]);
      itemBias[item] += rate * (error - biasLambda * itemBias[item]);
      for (int f = 0; f < rank; f++) {
        float pf = users[p + f];
        float qf = items[q + f];
        users[p + f] += rate * (error * qf - lambda * pf);
        items[q + f] += rate * (error * pf - lambda * qf);
      }
    }
  }
}
