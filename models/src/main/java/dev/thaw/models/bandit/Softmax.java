package dev.thaw.models.bandit;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Boltzmann exploration: {@code q_i = exp(mean_i / temperature) / sum_j exp(mean_j / temperature)},
 * means being posterior ones (Sutton and Barto 1998, section 2.3). It looks at means alone, so that
 * an arm shown once counts as much as one shown a thousand times. O(n).
 */
public final class Softmax implements ExplorationPolicy<PosteriorSnapshot> {
  private final double temperature;

  /**
   * @param temperature in the unit of rewards, in [0.005, 1000]: below, chances of arms would be
   *     too small for a double
   */
  public Softmax(double temperature) {
    if (!(temperature >= 0.005 && temperature <= 1_000)) {
      throw new IllegalArgumentException(
          "temperature must be in [0.005, 1000], was " + temperature);
    }
    this.temperature = temperature;
  }

  @Override
  public String version() {
    return "softmax(temperature=" + temperature + ")";
  }

  @Override
  public boolean supportsPropensities() {
    return true;
  }

  @Override
  public double[] probabilities(Decision<PosteriorSnapshot> decision, SplittableRandom random) {
    double[] q = Counts.means(decision);
    double highest = Arrays.stream(q).max().orElseThrow();
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      q[i] = Math.exp((q[i] - highest) / temperature);
      sum += q[i];
    }
    for (int i = 0; i < q.length; i++) {
      q[i] /= sum;
    }
    return q;
  }
}
