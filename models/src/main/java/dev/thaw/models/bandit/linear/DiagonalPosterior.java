package dev.thaw.models.bandit.linear;

import dev.thaw.models.binary.FloatArrays;

/**
 * The diagonal normal distribution nearest a posterior: its mean, and of its precision the diagonal
 * (mean-field variational Bayes; Bishop 2006, section 10.1.2). The mean under another prior of the
 * intercept is that of all the covariance. Immutable. {@code 12 d} bytes.
 */
final class DiagonalPosterior implements WeightsPosterior {
  private final float[] theta;
  private final float[] carried;
  private final float[] precision;

  /** Of the first, which differences are made of, in double precision. */
  private final double intercept;

  private final double interceptVariance;
  private final double interceptPrecision;

  /**
   * @param theta {@code A^-1 b}
   * @param carried {@code A^-1 e_0}
   * @param precision diagonal of A
   */
  DiagonalPosterior(double[] theta, double[] carried, double[] precision) {
    this.theta = FloatArrays.rounded(theta);
    this.carried = FloatArrays.rounded(carried);
    this.precision = FloatArrays.rounded(precision);
    this.intercept = theta[0];
    this.interceptVariance = carried[0];
    this.interceptPrecision = precision[0];
  }

  @Override
  public double mean(double[] x) {
    return product(theta, x);
  }

  @Override
  public double carried(double[] x) {
    return product(carried, x);
  }

  private static double product(float[] a, double[] x) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += a[j] * x[j];
    }
    return sum;
  }

  @Override
  public double intercept() {
    return intercept;
  }

  @Override
  public double interceptVariance() {
    return interceptVariance;
  }

  @Override
  public double variance(double[] x, double delta) {
    double variance = x[0] * x[0] / (interceptPrecision + delta);
    for (int j = 1; j < x.length; j++) {
      variance += x[j] * x[j] / precision[j];
    }
    return variance;
  }

  @Override
  public long varianceProducts() {
    return theta.length;
  }
}
