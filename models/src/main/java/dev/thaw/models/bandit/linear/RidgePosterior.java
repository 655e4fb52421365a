package dev.thaw.models.bandit.linear;

import dev.thaw.models.training.Dot;
import java.util.Arrays;

/** {@code theta ~ N(A^-1 b, noise^2 A^-1)}. Immutable. */
final class RidgePosterior implements WeightsPosterior {
  private final double[] theta;
  private final double[] inverse;

  /**
   * @param inverse d x d, row after row
   */
  RidgePosterior(double[] theta, double[] inverse) {
    this.theta = theta;
    this.inverse = inverse;
  }

  @Override
  public double mean(double[] x) {
    return Dot.of(theta, 0, x, 0, x.length);
  }

  @Override
  public double carried(double[] x) {
    return Dot.of(inverse, 0, x, 0, x.length);
  }

  @Override
  public double intercept() {
    return theta[0];
  }

  @Override
  public double interceptVariance() {
    return inverse[0];
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

  @Override
  public double variance(double[] x, double delta) {
    double carried = carried(x);
    return Math.max(0, variance(x) - delta * carried * carried / (1 + delta * inverse[0]));
  }

  @Override
  public long varianceProducts() {
    return theta.length * (theta.length + 2L);
  }

  /**
   * Without what goes together.
   *
   * @param precision diagonal of A
   */
  DiagonalPosterior diagonal(double[] precision) {
    return new DiagonalPosterior(theta, Arrays.copyOf(inverse, theta.length), precision);
  }

  /** {@code A^-1}, d x d, not to be changed. */
  double[] inverse() {
    return inverse;
  }
}
