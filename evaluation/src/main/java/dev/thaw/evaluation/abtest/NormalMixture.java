package dev.thaw.evaluation.abtest;

import dev.thaw.models.metrics.Interval;

/**
 * Asymptotic confidence sequences of a difference of means, by the normal mixture of Robbins
 * (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2021, "Time-uniform central limit theory and
 * asymptotic confidence sequences": the Gaussian mixture, applied to the difference of two
 * randomised arms). With {@code t} users of both arms so far and standard error {@code s}, the
 * chance that the true difference is ever outside of
 *
 * <pre>  difference +- s * sqrt(2 (t r + 1) / (t r) * log(sqrt(t r + 1) / alpha))</pre>
 *
 * is at most {@code alpha} however often one looks ({@code r} is the paper's rho squared). The
 * difference is the augmented estimator whose model of each arm is the arm's mean.
 *
 * <p>One side alone comes of the half-normal mixture (Howard, Ramdas, McAuliffe and Sekhon 2021,
 * "Time-uniform, nonparametric, nonasymptotic confidence sequences"): the walk {@code z} in
 * standard errors crosses where {@code 2 / sqrt(t r + 1) * exp(z^2 t r / (2 (t r + 1))) * Phi(z
 * sqrt(t r / (t r + 1)))} reaches {@code 1 / alpha}. As {@code Phi(x) >= 1 - exp(-x^2 / 2)}, the
 * bound {@code s * sqrt(2 (t r + 1) / (t r) * log(1 + sqrt(t r + 1) / (2 alpha)))} lies above that.
 *
 * <p>Assumed: users' values are independent, come in the order of entering and do not change later,
 * the chance of each arm is fixed, variances are finite. It holds in the limit of a late first
 * look, which is why nothing is said below {@value #MIN_USERS} users of each arm; how far it holds
 * with rare clicks is measured by {@code thaw experiment check}.
 *
 * @param rhoSquared above 0; larger ones are narrow early, smaller ones late
 */
public record NormalMixture(double rhoSquared) {
  /** Of each arm, before anything is said. */
  public static final int MIN_USERS = 100;

  public NormalMixture {
    if (!(rhoSquared > 0 && rhoSquared < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("rho^2 must be > 0 and finite, was " + rhoSquared);
    }
  }

  /**
   * Narrowest where there are so many users of both arms, nearly: rho squared is {@code (-2 log
   * alpha + log(-2 log alpha + 1)) / users} (Waudby-Smith et al. 2021, appendix).
   *
   * @param users at least 1
   * @param alpha of the two-sided sequence
   */
  public static NormalMixture narrowestAt(int users, double alpha) {
    checkLevel(alpha);
    if (users < 1) {
      throw new IllegalArgumentException(
          "users at which a sequence is narrowest must be >= 1, were " + users);
    }
    double logs = -2 * Math.log(alpha);
    return new NormalMixture((logs + Math.log(logs + 1)) / users);
  }

  /** Whether there are enough users and any spread for a sequence. */
  public static boolean isDefined(MeanDifference of) {
    return of.fewest() >= MIN_USERS && of.standardError() > 0;
  }

  /** Both sides at once; to be asked only where it {@link #isDefined}. */
  public Interval twoSided(MeanDifference of, double alpha) {
    checkLevel(alpha);
    double time = time(of);
    return around(of, Math.sqrt(2 * (time + 1) / time * Math.log(Math.sqrt(time + 1) / alpha)));
  }

  /**
   * A lower and an upper bound, each at level {@code alpha} by itself; to be asked only where it
   * {@link #isDefined}.
   */
  public Interval oneSided(MeanDifference of, double alpha) {
    checkLevel(alpha);
    double time = time(of);
    return around(
        of, Math.sqrt(2 * (time + 1) / time * Math.log1p(Math.sqrt(time + 1) / (2 * alpha))));
  }

  /**
   * Always-valid p-value against no difference: the least level at which {@link #twoSided} leaves
   * out zero now (Johari, Koomen, Pekelis and Walsh 2022). 1 where nothing is defined.
   */
  public double pValue(MeanDifference of) {
    if (!isDefined(of)) {
      return 1;
    }
    double time = time(of);
    double z = of.standardised(0);
    return Math.min(1, Math.sqrt(time + 1) * Math.exp(-z * z * time / (2 * (time + 1))));
  }

  private double time(MeanDifference of) {
    return of.users() * rhoSquared;
  }

  private static Interval around(MeanDifference of, double errors) {
    double half = errors * of.standardError();
    return new Interval(
        of.difference(), of.difference() - half, of.difference() + half, of.users());
  }

  private static void checkLevel(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("level must be in (0, 1), was " + alpha);
    }
  }
}
