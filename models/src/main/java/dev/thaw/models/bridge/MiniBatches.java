package dev.thaw.models.bridge;

import dev.thaw.models.training.Adam;
import dev.thaw.models.training.EarlyStopping;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Descent by mini-batches with early stopping: the parameters of the epoch with the least loss on
 * users kept apart win, those it started from included.
 *
 * @param rate of Adam
 * @param decay weight of half the squared parameters, beside the mean loss of a batch
 * @param epochs at most
 * @param patience epochs without a lower loss, after which it stops
 */
record MiniBatches(double rate, double decay, int epochs, int patience) {
  private static final int BATCH = 32;

  /**
   * @param initial not changed
   * @param training examples
   * @param stopping other examples, of whom the least loss decides
   * @throws TrainingDivergedException if the loss becomes infinite or not a number
   */
  double[] descend(
      double[] initial, int[] training, int[] stopping, ExampleLoss loss, RandomGenerator random) {
    double[] parameters = initial.clone();
    double[] gradient = new double[parameters.length];
    Adam adam = new Adam(parameters.length, rate);
    EarlyStopping best = new EarlyStopping(initial);
    best.offer(initial, mean(parameters, stopping, loss, gradient));
    int[] order = training.clone();
    for (int epoch = 1; epoch <= epochs && best.sinceBest() < patience; epoch++) {
      shuffle(order, random);
      for (int from = 0; from < order.length; from += BATCH) {
        int to = Math.min(order.length, from + BATCH);
        step(parameters, Arrays.copyOfRange(order, from, to), loss, gradient, adam);
      }
      best.offer(parameters, mean(parameters, stopping, loss, gradient));
    }
    return best.parameters();
  }

  private void step(
      double[] parameters, int[] batch, ExampleLoss loss, double[] gradient, Adam adam) {
    Arrays.fill(gradient, 0);
    double sum = 0;
    for (int example : batch) {
      sum += loss.add(parameters, example, gradient);
    }
    if (!Double.isFinite(sum)) {
      throw new TrainingDivergedException(
          "training", adam.steps() + 1, rate, sum / batch.length, Double.MAX_VALUE);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = gradient[i] / batch.length + decay * parameters[i];
    }
    adam.step(parameters, gradient);
  }

  private static double mean(
      double[] parameters, int[] examples, ExampleLoss loss, double[] scratch) {
    double sum = 0;
    for (int example : examples) {
      sum += loss.add(parameters, example, scratch);
    }
    return examples.length == 0 ? 0 : sum / examples.length;
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
  }

  /** Examples {@code 0..n-1} in random order, the first share of them to stop by. */
  static List<int[]> split(int n, double share, RandomGenerator random) {
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    shuffle(all, random);
    int stopping = (int) (n * share);
    return List.of(
        Arrays.copyOfRange(all, 0, stopping), Arrays.copyOfRange(all, stopping, all.length));
  }
}
