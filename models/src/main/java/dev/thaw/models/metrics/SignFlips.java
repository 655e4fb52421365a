package dev.thaw.models.metrics;

import java.util.random.RandomGenerator;

/**
 * Randomisation test of paired gains: under "no gain" each user's gain is as likely to have the
 * other sign (Fisher 1935). Unlike a bootstrap it stays right where a handful of users gain and all
 * others tie.
 */
public final class SignFlips {
  private SignFlips() {}

  /**
   * One-sided p-value of the mean being above 0: the share of sums with signs drawn at random that
   * are as large as the sum itself, with one added above and below. 1 without users. O(users x
   * flips).
   *
   * @param flips how often all signs are drawn, above 0
   */
  public static double pValue(double[] gains, int flips, RandomGenerator random) {
    if (flips < 1) {
      throw new IllegalArgumentException("signs must be drawn at least once, were " + flips);
    }
    double observed = 0;
    double size = 0;
    for (double gain : gains) {
      observed += gain;
      size += Math.abs(gain);
    }
    // sums of the same numbers in another grouping differ by rounding
    double reached = observed - 1e-12 * size;
    long atLeast = 0;
    for (int flip = 0; flip < flips; flip++) {
      double sum = 0;
      long signs = 0;
      for (int i = 0; i < gains.length; i++) {
        signs = i % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
        sum += (signs & 1) == 0 ? gains[i] : -gains[i];
      }
      atLeast += sum >= reached ? 1 : 0;
    }
    return (atLeast + 1.0) / (flips + 1.0);
  }
}
