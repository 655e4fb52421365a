package dev.thaw.models.bandit;

/**
 * What is assumed of an arm before it was shown: that its reward rate is the domain's click-through
 * rate, more or less by where the ranking model put it among the candidates.
 *
 * <pre>mean = base rate * spread^(2 rank - 1),  rank in [0, 1], 1 the best</pre>
 *
 * Means are rounded to steps of 9 % ({@code 2^(1/8)}), far less than an assumption worth a few
 * impressions can tell apart, so that arms share posteriors and with them their kept draws.
 *
 * <p>The assumption about an item without metadata is worth much less, so that its posterior is
 * wide and it is explored more.
 *
 * @param strength impressions the assumption is worth
 * @param strengthWithoutMetadata the same for items of which nothing is known
 * @param spread factor between the best candidate's mean and the base rate, at least 1
 */
public record ArmPriors(double strength, double strengthWithoutMetadata, double spread) {
  public static final ArmPriors DEFAULT = new ArmPriors(20, 2, 2);

  public ArmPriors {
    if (!(strength > 0) || !(strengthWithoutMetadata > 0) || !(spread >= 1)) {
      throw new IllegalArgumentException(
          "strengths must be > 0 and spread >= 1, were "
              + strength
              + ", "
              + strengthWithoutMetadata
              + ", "
              + spread);
    }
  }

  /**
   * @param baseRate click-through rate of the domain, or the item's own smoothed one
   * @param rank share of the candidates that the model scored lower, in [0, 1]
   */
  public BetaPrior ranked(double baseRate, double rank) {
    if (!(rank >= 0 && rank <= 1)) {
      throw new IllegalArgumentException("rank must be in [0, 1], was " + rank);
    }
    return BetaPrior.ofMean(rounded(baseRate * Math.pow(spread, 2 * rank - 1)), strength);
  }

  /**
   * Of an eligible arm by its place.
   *
   * @param place from 0, the best, to {@code arms - 1}
   */
  public BetaPrior at(int place, int arms, double baseRate) {
    return ranked(baseRate, 1 - (double) place / arms);
  }

  /** The prior of an item of which nothing is known. */
  public BetaPrior withoutMetadata(double baseRate) {
    return BetaPrior.ofMean(rounded(baseRate), strengthWithoutMetadata);
  }

  private static double rounded(double mean) {
    return mean > 0 ? Math.pow(2, Math.rint(Math.log(mean) / Math.log(2) * 8) / 8) : mean;
  }
}
