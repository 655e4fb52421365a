package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.WinnerFrequencies;
import dev.thaw.models.ranking.TopItems;
import java.util.SplittableRandom;

/**
 * Means and standard deviations of arms' expected rewards, deviations in units of the noise's. Each
 * by itself is normal under the posterior; where arms share weights they are correlated, which is
 * not kept. What overflow has left without a finite score comes last. Immutable.
 */
public final class Scores {
  private final double[] mean;
  private final double[] deviation;
  private final long meanProducts;
  private final long varianceProducts;

  /**
   * @param mean not to be changed any more
   * @param deviation likewise
   * @param meanProducts multiplications of one number with another that were added up for means
   * @param varianceProducts likewise for variances
   */
  Scores(double[] mean, double[] deviation, long meanProducts, long varianceProducts) {
    this.mean = mean;
    this.deviation = deviation;
    for (int i = 0; i < mean.length; i++) {
      if (!Double.isFinite(mean[i]) || !Double.isFinite(deviation[i])) {
        mean[i] = Double.NEGATIVE_INFINITY;
        deviation[i] = 0;
      }
    }
    this.meanProducts = meanProducts;
    this.varianceProducts = varianceProducts;
  }

  public double mean(int arm) {
    return mean[arm];
  }

  public double deviation(int arm) {
    return deviation[arm];
  }

  /** Multiply-adds that the means took, counted as they were made. */
  public long meanProducts() {
    return meanProducts;
  }

  /** Multiply-adds that the variances took, likewise. */
  public long varianceProducts() {
    return varianceProducts;
  }

  /** {@code mean + width deviation}. */
  double[] upper(double width) {
    double[] upper = new double[mean.length];
    for (int i = 0; i < upper.length; i++) {
      upper[i] = mean[i] + width * deviation[i];
    }
    return upper;
  }

  /** How often each arm has the largest of joint draws. */
  int[] winners(double noise, int draws, SplittableRandom random) {
    double[] scaled = new double[deviation.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = noise * deviation[i];
    }
    return WinnerFrequencies.normal(mean, scaled, draws, random);
  }

  /**
   * The arms whose upper quantile {@code mean + width deviation} is highest, highest first. Without
   * chance: the same evidence and context give the same shortlist. As the eligible set of a
   * decision it is what propensities refer to: an arm that is not on it has no chance in this
   * request.
   *
   * @param size at least 1
   * @param width such as 2 for the 97.7 % quantile
   */
  public int[] shortlist(int size, double width) {
    float[] upper = new float[mean.length];
    for (int i = 0; i < upper.length; i++) {
      upper[i] = (float) (mean[i] + width * deviation[i]);
    }
    return TopItems.of(upper, size, arm -> true);
  }
}
