package dev.thaw.models.bandit;

/**
 * A Beta distribution over an arm's reward rate before its own evidence.
 *
 * @param alpha pseudo-rewards, above 0
 * @param beta pseudo-impressions without reward, above 0
 */
public record BetaPrior(double alpha, double beta) {
  public BetaPrior {
    if (!(alpha > 0 && alpha < 1e9) || !(beta > 0 && beta < 1e9)) {
      throw new IllegalArgumentException(
          "alpha and beta must be in (0, 1e9), were " + alpha + " and " + beta);
    }
  }

  /**
   * @param mean expected reward rate; taken into [0.001, 0.999]
   * @param strength impressions the expectation is worth; small for items of which nothing is known
   */
  public static BetaPrior ofMean(double mean, double strength) {
    if (Double.isNaN(mean)) {
      throw new IllegalArgumentException("mean must be a number, was NaN");
    }
    double m = Math.min(0.999, Math.max(0.001, mean));
    return new BetaPrior(m * strength, (1 - m) * strength);
  }

  public double mean() {
    return alpha / (alpha + beta);
  }
}
