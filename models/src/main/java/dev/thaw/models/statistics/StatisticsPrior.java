package dev.thaw.models.statistics;

import java.time.Duration;

/**
 * How item statistics are smoothed.
 *
 * @param ctr click-through rate assumed of an item never shown, in (0, 1)
 * @param ctrStrength impressions that assumption is worth
 * @param ratingStrength ratings the domain's mean rating is worth
 * @param popularityHalfLife after which an interaction counts half
 * @param coldBelow items with fewer interactions are cold
 */
public record StatisticsPrior(
    double ctr,
    double ctrStrength,
    double ratingStrength,
    Duration popularityHalfLife,
    long coldBelow) {
  public static final StatisticsPrior DEFAULT =
      new StatisticsPrior(0.05, 20, 10, Duration.ofDays(30), 50);

  public StatisticsPrior {
    if (!(ctr > 0 && ctr < 1)) {
      throw new IllegalArgumentException("ctr must be in (0, 1), was " + ctr);
    }
    if (!(ctrStrength > 0) || !(ratingStrength > 0)) {
      throw new IllegalArgumentException(
          "prior strengths must be > 0, were " + ctrStrength + " and " + ratingStrength);
    }
    if (popularityHalfLife.isNegative() || popularityHalfLife.isZero()) {
      throw new IllegalArgumentException(
          "popularityHalfLife must be positive, was " + popularityHalfLife);
    }
    if (coldBelow < 0) {
      throw new IllegalArgumentException("coldBelow must be >= 0, was " + coldBelow);
    }
  }
}
