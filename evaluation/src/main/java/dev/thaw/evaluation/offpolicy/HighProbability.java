package dev.thaw.evaluation.offpolicy;

import dev.thaw.models.metrics.Interval;

/**
 * An interval that covers the value with at least 95 % whatever the distribution of rewards and
 * weights, from importance weights cut at a most M: Thomas, Theocharous and Ghavamzadeh 2015,
 * theorem 1 with one M for all, by the empirical Bernstein bound of Maurer and Pontil 2009, theorem
 * 4. Clusters are the independent observations; their sizes count as given.
 *
 * <p>Cutting only lowers {@code E[min(w, M) r]}, so a lower bound of it is one of the value. {@code
 * R_max - E[min(w, M) (R_max - r)]} only rises by it, so the same bound on what was missed gives an
 * upper one. That holds where the log lacks support as well: what is not supported then counts as
 * R_max. M is the best of a grid on every twentieth cluster, which the bound then leaves out.
 *
 * @param maxReward R_max of a whole answer
 */
public record HighProbability(double maxReward) {
  private static final double MISS = 0.025;
  private static final int HELD_OUT = 20;
  private static final double[] CUTS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

  public HighProbability {
    if (!(maxReward > 0)) {
      throw new IllegalArgumentException("highest reward must be > 0, was " + maxReward);
    }
  }

  private interface Earned {
    double of(int round);
  }

  /**
   * @return the mean is that of IPS
   * @throws IllegalArgumentException if a reward lies above the highest
   */
  public Interval of(WeightedLog log) {
    for (int i = 0; i < log.size(); i++) {
      if (log.listReward(i) > maxReward) {
        throw new IllegalArgumentException(
            "reward of an answer must be at most " + maxReward + ", was " + log.listReward(i));
      }
    }
    return new Interval(
        ImportanceSampling.ips().terms().apply(log).estimate(),
        lower(log, log::listReward),
        maxReward - lower(log, i -> maxReward - log.listReward(i)),
        log.clusterCount());
  }

  private double lower(WeightedLog log, Earned earned) {
    int heldOut = (log.clusterCount() + HELD_OUT - 1) / HELD_OUT;
    int kept = log.clusterCount() - heldOut;
    if (heldOut < 2 || kept < 2) {
      return 0;
    }
    double best = CUTS[0];
    double highest = Double.NEGATIVE_INFINITY;
    for (double cut : CUTS) {
      double bound = bound(log, earned, cut, true, kept);
      if (bound > highest) {
        highest = bound;
        best = cut;
      }
    }
    return Math.max(0, bound(log, earned, best, false, kept));
  }

  /**
   * @param heldOut whether to look at the clusters that M is chosen on
   * @param n clusters that the bound is to be for
   */
  private double bound(WeightedLog log, Earned earned, double cut, boolean heldOut, int n) {
    double[] sums = new double[log.clusterCount()];
    int[] sizes = new int[log.clusterCount()];
    for (int i = 0; i < log.size(); i++) {
      sums[log.cluster(i)] += Math.min(log.listWeight(i), cut) * earned.of(i);
      sizes[log.cluster(i)]++;
    }
    int clusters = 0;
    int largest = 0;
    double rounds = 0;
    double sum = 0;
    for (int c = heldOut ? 0 : 1; c < sums.length; c += step(c, heldOut)) {
      clusters++;
      rounds += sizes[c];
      largest = Math.max(largest, sizes[c]);
      sum += sums[c];
    }
    double size = rounds / clusters;
    double mean = sum / clusters;
    double squares = 0;
    for (int c = heldOut ? 0 : 1; c < sums.length; c += step(c, heldOut)) {
      squares += (sums[c] - mean) * (sums[c] - mean);
    }
    double variance = squares / (clusters - 1) / (size * size);
    double range = cut * maxReward * largest / size;
    double log2 = Math.log(2 / MISS);
    return mean / size - Math.sqrt(2 * variance * log2 / n) - 7 * range * log2 / (3 * (n - 1.0));
  }

  private static int step(int cluster, boolean heldOut) {
    if (heldOut) {
      return HELD_OUT;
    }
    return (cluster + 1) % HELD_OUT == 0 ? 2 : 1;
  }
}
