package dev.thaw.models.factors;

import java.util.Map;

/**
 * @param rank d
 * @param lambda weight of the squared factors of a row, times the row's length to the power {@code
 *     countPower}
 * @param countPower 1 for ALS-WR (Zhou et al., AAIM 2008), 0 for plain ridge
 * @param itemShrinkage pseudo ratings with which an item's bias is drawn towards 0
 * @param userShrinkage pseudo ratings with which a user's bias is drawn towards 0
 */
public record ExplicitAlsConfig(
    int rank,
    double lambda,
    double countPower,
    int sweeps,
    double itemShrinkage,
    double userShrinkage) {
  public static final ExplicitAlsConfig DEFAULT = new ExplicitAlsConfig(32, 12, 0, 12, 5, 5);

  public ExplicitAlsConfig {
    FactorBounds.check(rank, lambda, sweeps);
    if (!(countPower >= 0 && countPower <= 1)) {
      throw new IllegalArgumentException("countPower must be in [0, 1], was " + countPower);
    }
    FactorBounds.checkShrinkage(itemShrinkage, userShrinkage);
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.of(
        "rank", "" + rank,
        "lambda", "" + lambda,
        "count_power", "" + countPower,
        "sweeps", "" + sweeps,
        "item_shrinkage", "" + itemShrinkage,
        "user_shrinkage", "" + userShrinkage);
  }
}
