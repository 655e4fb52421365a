package dev.thaw.models.bandit;

import java.util.Arrays;

/**
 * Mass that is spread evenly over the eligible arms, so that importance weights are at most {@code
 * n / mass}.
 *
 * @param mass in [0, 1]; with 0 there is no floor
 */
public record UniformFloor(double mass) {
  public UniformFloor {
    if (!(mass >= 0 && mass <= 1)) {
      throw new IllegalArgumentException("uniform floor must be in [0, 1], was " + mass);
    }
  }

  /**
   * @param mass in (0, 1]
   */
  public static UniformFloor positive(double mass) {
    if (!(mass > 0 && mass <= 1)) {
      throw new IllegalArgumentException("uniform floor must be in (0, 1], was " + mass);
    }
    return new UniformFloor(mass);
  }

  /** Whether every arm gets something. */
  public boolean supports() {
    return mass > 0;
  }

  /** {@code (1 - mass) w + mass / n}, w being the shares of the draws that arms win. */
  public double[] underWinners(int[] wins, int draws) {
    double[] q = new double[wins.length];
    for (int i = 0; i < q.length; i++) {
      q[i] = (1 - mass) * wins[i] / draws + mass / q.length;
    }
    return q;
  }

  /**
   * {@code (1 - mass) 1[best] + mass / n}. Arms that share the highest score share its mass evenly,
   * so that no chance is left out of q. One without a score, as overflow leaves it, is never best;
   * if all are, each is.
   *
   * @param estimates NaN for none; infinite ones are allowed
   */
  public double[] underBest(double[] estimates) {
    int n = estimates.length;
    double[] scores =
        Arrays.stream(estimates)
            .map(score -> Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score)
            .toArray();
    double highest = Arrays.stream(scores).max().orElseThrow();
    long best = Arrays.stream(scores).filter(score -> score == highest).count();
    double[] q = new double[n];
    for (int i = 0; i < n; i++) {
      q[i] = (scores[i] == highest ? (1 - mass) / best : 0) + mass / n;
    }
    return q;
  }

  @Override
  public String toString() {
    return "floor=" + mass;
  }
}
