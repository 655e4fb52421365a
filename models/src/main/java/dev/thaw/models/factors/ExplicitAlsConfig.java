package dev.thaw.models.factors;

import java.util.Map;

/**
 * @param rank d
 * @param lambda weight of the squared factors of a row in units of the residuals' root mean square,
 *     times the row's length to the power {@code countPower}
 * @param countPower 1 for ALS-WR (Zhou et al., AAIM 2008), 0 for plain ridge
 * @param itemShrinkage pseudo ratings with which an item's bias is drawn towards 0
 * @param userShrinkage pseudo ratings with which a user's bias is drawn towards 0
 * @param foldInLambda weight of the squared factors of a user who is folded in, whatever the number
 *     of ratings, in the units of lambda: a few ratings say little of taste, and a weight that
 *     falls with their number would take the residual of a single one for taste
 */
public record ExplicitAlsConfig(
    int rank,
    double lambda,
    double countPower,
    int sweeps,
    double itemShrinkage,
    double userShrinkage,
    double foldInLambda) {
  /** What did best on validation users of MovieLens 100K and 1M, for where nothing is chosen. */
  public static final ExplicitAlsConfig DEFAULT =
      new ExplicitAlsConfig(
          32, 1.75, 0.5, 12, BiasModel.ITEM_SHRINKAGE, BiasModel.USER_SHRINKAGE, 2.5);

  public ExplicitAlsConfig {
    FactorBounds.check(rank, lambda, sweeps);
    if (!(countPower >= 0 && countPower <= 1)) {
      throw new IllegalArgumentException("countPower must be in [0, 1], was " + countPower);
    }
    FactorBounds.checkShrinkage(itemShrinkage, userShrinkage);
    FactorBounds.checkFoldIn(foldInLambda);
  }

  /** The same with other regularisation of the factors. */
  public ExplicitAlsConfig withRegularisation(
      double newLambda, double newCountPower, double newFoldInLambda) {
    return new ExplicitAlsConfig(
        rank, newLambda, newCountPower, sweeps, itemShrinkage, userShrinkage, newFoldInLambda);
  }

  /** The same with another rank and number of sweeps. */
  public ExplicitAlsConfig withSize(int newRank, int newSweeps) {
    return new ExplicitAlsConfig(
        newRank, lambda, countPower, newSweeps, itemShrinkage, userShrinkage, foldInLambda);
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.of(
        "rank", "" + rank,
        "lambda", "" + lambda,
        "count_power", "" + countPower,
        "sweeps", "" + sweeps,
        "item_shrinkage", "" + itemShrinkage,
        "user_shrinkage", "" + userShrinkage,
        "fold_in_lambda", "" + foldInLambda);
  }
}
