package dev.thaw.models.bandit.linear;

/**
 * A normal posterior of one arm's weights, {@code theta ~ N(A^-1 b, noise^2 A^-1)} with {@code A =
 * lambda I + G}, that can be asked under another prior of its intercept. With precision {@code
 * lambda + delta} in place of lambda, and {@code a} pseudo-rewards, Sherman and Morrison's formula
 * gives for {@code v = A^-1 e_0}
 *
 * <pre>
 * mean = theta . x + (v . x) (a - delta theta_0) / (1 + delta v_0)
 * variance = x' A^-1 x - delta (v . x)^2 / (1 + delta v_0)
 * </pre>
 *
 * so that what is assumed of an arm may be another in each request, at d more products. Immutable.
 */
interface WeightsPosterior {
  /** {@code theta . x}. */
  double mean(double[] x);

  /** {@code v . x}. */
  double carried(double[] x);

  /** {@code theta_0}. */
  double intercept();

  /** {@code v_0}. */
  double interceptVariance();

  /**
   * Of the score, in units of the noise's.
   *
   * @param delta precision that the intercept's prior has beyond lambda
   */
  double variance(double[] x, double delta);

  /** Multiply-adds of a variance. */
  long varianceProducts();

  /**
   * @param delta see {@link #variance}
   * @param rewards pseudo-rewards
   */
  default double mean(double[] x, double delta, double rewards) {
    return mean(x)
        + carried(x) * (rewards - delta * intercept()) / (1 + delta * interceptVariance());
  }
}
