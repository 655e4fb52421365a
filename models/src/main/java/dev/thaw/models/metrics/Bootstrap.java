package dev.thaw.models.metrics;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Percentile bootstrap over users (Efron 1979). O(resamples * users).
 *
 * @param resamples at least 100
 * @param confidence in (0, 1), such as 0.95
 */
public record Bootstrap(int resamples, double confidence) {
  public static final Bootstrap DEFAULT = new Bootstrap(1_000, 0.95);

  public Bootstrap {
    if (resamples < 100) {
      throw new IllegalArgumentException("resamples must be >= 100, was " + resamples);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1), was " + confidence);
    }
  }

  /** Interval of the mean of one value per user. */
  public Interval mean(double[] perUser, RandomGenerator random) {
    int n = perUser.length;
    if (n == 0) {
      return new Interval(0, 0, 0, 0);
    }
    return between(Arrays.stream(perUser).sum() / n, sortedMeans(perUser, random), n);
  }

  /**
   * Interval of any figure.
   *
   * @param value of all users
   * @param resampled the same of each resample of these users, in any order
   */
  public Interval of(double value, double[] resampled, int users) {
    if (resampled.length != resamples) {
      throw new IllegalArgumentException(
          "there must be " + resamples + " resampled figures, were " + resampled.length);
    }
    double[] sorted = resampled.clone();
    Arrays.sort(sorted);
    return between(value, sorted, users);
  }

  private Interval between(double value, double[] sorted, int users) {
    return new Interval(
        value, sorted[rank((1 - confidence) / 2)], sorted[rank((1 + confidence) / 2)], users);
  }

  /**
   * One-sided p-value against "the mean is at most {@code threshold}": the share of resampled means
   * that are, with one added above and below, so that it is never zero (Davison and Hinkley 1997,
   * eq. 4.11). Below 0.025 where the 95 % interval lies above the threshold. 1 without users.
   */
  public double pValueAbove(double[] perUser, double threshold, RandomGenerator random) {
    if (perUser.length == 0) {
      return 1;
    }
    long below =
        Arrays.stream(sortedMeans(perUser, random)).filter(mean -> mean <= threshold).count();
    return (below + 1.0) / (resamples + 1.0);
  }

  private double[] sortedMeans(double[] perUser, RandomGenerator random) {
    double[] means = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      means[r] = resampledMean(perUser, random);
    }
    Arrays.sort(means);
    return means;
  }

  private static double resampledMean(double[] perUser, RandomGenerator random) {
    int n = perUser.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += perUser[random.nextInt(n)];
    }
    return sum / n;
  }

  /**
   * Interval of {@code mean(a) - mean(b)}, different users in each: both are resampled apart.
   *
   * @throws IllegalArgumentException if there is nobody in one of them
   */
  public Interval unpairedDifference(double[] a, double[] b, RandomGenerator random) {
    if (a.length == 0 || b.length == 0) {
      throw new IllegalArgumentException(
          "a difference needs users on both sides, were " + a.length + " and " + b.length);
    }
    double[] differences = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      differences[r] = resampledMean(a, random) - resampledMean(b, random);
    }
    return of(
        Arrays.stream(a).sum() / a.length - Arrays.stream(b).sum() / b.length,
        differences,
        a.length + b.length);
  }

  /** Interval of the mean of {@code a - b}, the same users in both. */
  public Interval pairedDifference(double[] a, double[] b, RandomGenerator random) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "paired values need the same users, were " + a.length + " and " + b.length);
    }
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return mean(difference, random);
  }

  /**
   * Interval of {@code mean(a) / mean(b) - 1}, the same users in both: both means are of the same
   * resample.
   *
   * @throws IllegalArgumentException if the users differ, or the mean of b is zero
   */
  public Interval relativeDifference(double[] a, double[] b, RandomGenerator random) {
    int n = a.length;
    if (n != b.length) {
      throw new IllegalArgumentException(
          "paired values need the same users, were " + n + " and " + b.length);
    }
    if (n == 0) {
      return new Interval(0, 0, 0, 0);
    }
    double whole = Arrays.stream(b).sum();
    if (whole == 0) {
      throw new IllegalArgumentException("nothing is relative to a mean of 0, of " + n + " users");
    }
    double[] ratios = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      double sumA = 0;
      double sumB = 0;
      for (int i = 0; i < n; i++) {
        int user = random.nextInt(n);
        sumA += a[user];
        sumB += b[user];
      }
      ratios[r] = sumA / sumB - 1;
    }
    return of(Arrays.stream(a).sum() / whole - 1, ratios, n);
  }

  private int rank(double quantile) {
    return (int) Math.min(resamples - 1, Math.max(0, Math.round(quantile * (resamples - 1))));
  }
}
