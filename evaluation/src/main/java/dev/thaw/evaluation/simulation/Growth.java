package dev.thaw.evaluation.simulation;

import java.util.stream.IntStream;

/** Least-squares fits of a curve against log t and against t. */
final class Growth {
  private final int[] checkpoints;
  private final double[] linear;
  private final double[] log;

  private Growth(int[] checkpoints, int[] rounds) {
    this.checkpoints = checkpoints;
    this.linear = IntStream.of(checkpoints).mapToDouble(at -> rounds[at]).toArray();
    this.log = IntStream.of(checkpoints).mapToDouble(at -> Math.log(rounds[at])).toArray();
  }

  /**
   * @param rounds of the curve's points, ascending
   * @param from share of the last round from which on points count
   * @throws IllegalArgumentException if fewer than three points do
   */
  static Growth from(int[] rounds, double from) {
    double first = from * rounds[rounds.length - 1];
    int[] counting = IntStream.range(0, rounds.length).filter(at -> rounds[at] >= first).toArray();
    if (counting.length < 3) {
      throw new IllegalArgumentException(
          "a fit needs three points from round " + first + " on, has " + counting.length);
    }
    return new Growth(counting, rounds);
  }

  /** Unexplained variance of the line less that of the logarithm, as shares of all of it. */
  double logOverLinear(double[] curve) {
    double[] y = IntStream.of(checkpoints).mapToDouble(at -> curve[at]).toArray();
    return unexplained(linear, y) - unexplained(log, y);
  }

  /** 1 - R^2; 0 of a curve that is level, which both describe. */
  static double unexplained(double[] x, double[] y) {
    int n = x.length;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      meanX += x[i] / n;
      meanY += y[i] / n;
    }
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return yy == 0 ? 0 : 1 - xy * xy / (xx * yy);
  }
}
