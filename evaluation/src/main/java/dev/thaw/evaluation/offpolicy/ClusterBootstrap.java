package dev.thaw.evaluation.offpolicy;

import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Intervals of 95 % by resampling clusters whole: rounds of one user depend on each other. All
 * estimates of a call are of the same resamples. O(resamples * clusters) for each estimate.
 *
 * @param resamples at least 100
 * @param highest what an answer can earn at most
 */
public record ClusterBootstrap(int resamples, double highest) {
  private static final double TAIL = 0.025;

  public ClusterBootstrap {
    if (resamples < 100) {
      throw new IllegalArgumentException("resamples must be >= 100, was " + resamples);
    }
    if (!(highest > 0)) {
      throw new IllegalArgumentException("highest reward must be > 0, was " + highest);
    }
  }

  /**
   * @param estimates all of the same clusters, at least 2
   * @return one for each, in their order
   */
  public List<Intervals> of(List<Terms> estimates, RandomGenerator random) {
    int clusters = estimates.get(0).clusters();
    if (clusters < 2) {
      throw new IllegalArgumentException("an interval needs at least 2 clusters, was " + clusters);
    }
    double[][] means = new double[estimates.size()][resamples];
    double[][] studentised = new double[estimates.size()][resamples];
    double[] estimate = estimates.stream().mapToDouble(Terms::estimate).toArray();
    int[] times = new int[clusters];
    for (int r = 0; r < resamples; r++) {
      Arrays.fill(times, 0);
      for (int c = 0; c < clusters; c++) {
        times[random.nextInt(clusters)]++;
      }
      for (int e = 0; e < estimate.length; e++) {
        Terms.Point point = estimates.get(e).at(times);
        // without any weight in it a resample says nothing: as far off as can be, on no side
        means[e][r] = Double.isNaN(point.estimate()) ? estimate[e] : point.estimate();
        studentised[e][r] = studentised(means[e][r] - estimate[e], point.standardError());
      }
    }
    List<Intervals> intervals = new ArrayList<>();
    for (int e = 0; e < estimate.length; e++) {
      double error = estimates.get(e).standardError();
      intervals.add(intervals(estimate[e], error, means[e], studentised[e], clusters));
    }
    return intervals;
  }

  /** A resample without spread is infinitely far off in its own units, unless it hits exactly. */
  private static double studentised(double difference, double error) {
    return error > 0 ? difference / error : difference * Double.POSITIVE_INFINITY;
  }

  private Intervals intervals(
      double estimate, double error, double[] means, double[] studentised, int clusters) {
    Arrays.sort(means);
    for (int r = 0; r < resamples; r++) {
      studentised[r] = Double.isNaN(studentised[r]) ? 0 : studentised[r];
    }
    Arrays.sort(studentised);
    int low = (int) Math.round(TAIL * (resamples - 1));
    int high = resamples - 1 - low;
    return new Intervals(
        estimate,
        error,
        within(estimate, estimate - Intervals.Z * error, estimate + Intervals.Z * error, clusters),
        within(estimate, means[low], means[high], clusters),
        within(
            estimate,
            estimate - error * studentised[high],
            estimate - error * studentised[low],
            clusters));
  }

  private Interval within(double estimate, double low, double high, int clusters) {
    return new Interval(estimate, cut(low), cut(high), clusters);
  }

  private double cut(double bound) {
    return Math.max(0, Math.min(highest, bound));
  }
}
