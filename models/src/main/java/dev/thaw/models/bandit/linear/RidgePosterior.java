package dev.thaw.models.bandit.linear;

import dev.thaw.models.training.Dot;

/** {@code theta ~ N(A^-1 b, noise^2 A^-1)}. Immutable. */
final class RidgePosterior {
  private final double[] theta;
  private final double[] inverse;

  /**
   * @param inverse d x d, row after row
   */
  RidgePosterior(double[] theta, double[] inverse) {
    this.theta = theta;
    this.inverse = inverse;
  }

  double mean(double[] x) {
    return Dot.of(theta, 0, x, 0, x.length);
  }

  /** {@code x' A^-1 x}, by {@code d (d + 1)} products. */
  double variance(double[] x) {
    int d = x.length;
    double variance = 0;
    for (int i = 0; i < d; i++) {
      variance += x[i] * Dot.of(inverse, i * d, x, 0, d);
    }
    return Math.max(0, variance);
  }

  /** {@code A^-1}, d x d, not to be changed. */
  double[] inverse() {
    return inverse;
  }
}
