package dev.thaw.models.factors;

/**
 * What ALS is told of one model, implicit or explicit, whichever way its rows are dealt out.
 *
 * @param rank d
 * @param lambda of the rows in training; of explicit models in units of the residuals
 * @param alpha of implicit models, 0 for explicit ones
 * @param countPower of explicit models, 0 for implicit ones
 * @param popularityWeight of log popularity in the item bias of implicit models
 * @param userRidge of implicit models, 1 for explicit ones
 * @param foldInLambda of users who fold in to explicit models, in units of the residuals
 * @param itemShrinkage of the rating biases
 * @param userShrinkage likewise
 */
public record AlsParameters(
    FactorKind kind,
    int rank,
    double lambda,
    double alpha,
    double countPower,
    double popularityWeight,
    double userRidge,
    double foldInLambda,
    double itemShrinkage,
    double userShrinkage) {

  public static AlsParameters of(ImplicitAlsConfig config) {
    return new AlsParameters(
        FactorKind.IMPLICIT,
        config.rank(),
        config.lambda(),
        config.alpha(),
        0,
        config.popularityWeight(),
        config.userRidge(),
        config.lambda(),
        BiasModel.ITEM_SHRINKAGE,
        BiasModel.USER_SHRINKAGE);
  }

  public static AlsParameters of(ExplicitAlsConfig config) {
    return new AlsParameters(
        FactorKind.EXPLICIT,
        config.rank(),
        config.lambda(),
        0,
        config.countPower(),
        0,
        1,
        config.foldInLambda(),
        config.itemShrinkage(),
        config.userShrinkage());
  }

  /**
   * The equations of a row in training; the unit, see {@link BiasModel#deviation}, is not read for
   * implicit models.
   */
  FoldIn rows(double unit) {
    return kind == FactorKind.IMPLICIT
        ? FoldIn.implicit(lambda, alpha, popularityWeight).withUserRidge(userRidge)
        : FoldIn.explicit(lambda * unit, countPower);
  }

  /** The equations of a user who folds in to the model. */
  FoldIn users(double unit) {
    return kind == FactorKind.IMPLICIT ? rows(unit) : FoldIn.explicit(foldInLambda * unit, 0);
  }

  /**
   * Deviation of the users' initial factors: a product of two factors is on the scale of the
   * residuals.
   */
  double initialDeviation(double unit) {
    return 0.1 * (kind == FactorKind.IMPLICIT ? 1 : Math.sqrt(unit)) / Math.sqrt(rank);
  }
}
