package dev.thaw.evaluation.offpolicy;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * An estimate as a sum of ratios of sums: {@code sum_k (sum_c n_kc / sum_c d_kc)} over clusters c,
 * which all estimators here are. The mean over rounds has the number of rounds below, a
 * self-normalised estimate the weights. So every estimator has the same intervals, over clusters.
 */
public final class Terms {
  private final double[][] numerators;
  private final double[][] denominators;
  private final int clusters;

  private Terms(int parts, int clusters) {
    this.numerators = new double[parts][clusters];
    this.denominators = new double[parts][clusters];
    this.clusters = clusters;
  }

  /** Numerators of one part, or weights below them, by round. */
  interface ByPart {
    double at(int part, int round);
  }

  static Terms of(WeightedLog log, int parts, ByPart above, ByPart below) {
    Terms terms = new Terms(parts, log.clusterCount());
    for (int part = 0; part < parts; part++) {
      for (int i = 0; i < log.size(); i++) {
        terms.numerators[part][log.cluster(i)] += above.at(part, i);
        terms.denominators[part][log.cluster(i)] += below.at(part, i);
      }
    }
    return terms;
  }

  /** The mean of one value per round. */
  static Terms mean(WeightedLog log, IntToDoubleFunction value) {
    return of(log, 1, (part, i) -> value.applyAsDouble(i), (part, i) -> 1);
  }

  /** Sum of the values over the sum of the weights, one of each per round. */
  static Terms ratio(WeightedLog log, IntToDoubleFunction value, IntToDoubleFunction weight) {
    return of(log, 1, (part, i) -> value.applyAsDouble(i), (part, i) -> weight.applyAsDouble(i));
  }

  int clusters() {
    return clusters;
  }

  /** NaN where all weights are 0. */
  double estimate() {
    return at(once()).estimate();
  }

  /** By linearisation, each cluster one observation; see {@link #at}. */
  double standardError() {
    return at(once()).standardError();
  }

  private int[] once() {
    int[] times = new int[clusters];
    Arrays.fill(times, 1);
    return times;
  }

  record Point(double estimate, double standardError) {}

  /**
   * Estimate and standard error where clusters count several times or never. The error is that of a
   * sum of ratios by the delta method: of the mean over clusters of {@code sum_k (n_kc - R_k d_kc)
   * / mean d_k} (Cochran 1977, eq. 6.9; over clusters Cameron and Miller 2015).
   *
   * @param times of each cluster
   */
  Point at(int[] times) {
    int parts = numerators.length;
    double[] ratios = new double[parts];
    double[] scales = new double[parts];
    for (int part = 0; part < parts; part++) {
      double above = 0;
      double below = 0;
      for (int c = 0; c < clusters; c++) {
        above += times[c] * numerators[part][c];
        below += times[c] * denominators[part][c];
      }
      ratios[part] = above / below;
      scales[part] = 1 / below;
    }
    double squares = 0;
    int n = 0;
    for (int c = 0; c < clusters; c++) {
      double influence = 0;
      for (int part = 0; part < parts; part++) {
        influence += (numerators[part][c] - ratios[part] * denominators[part][c]) * scales[part];
      }
      squares += times[c] * influence * influence;
      n += times[c];
    }
    return new Point(Arrays.stream(ratios).sum(), Math.sqrt(squares * n / (n - 1.0)));
  }
}
