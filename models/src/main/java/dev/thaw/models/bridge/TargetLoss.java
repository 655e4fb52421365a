package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;

/** How badly a vector serves one user in the target domain, the item factors fixed. */
interface TargetLoss {
  /**
   * @param vector of the user in the target
   * @param ofVector gets the derivatives by the vector
   */
  double of(double[] vector, double[] ofVector);

  /** Softmax for ranking, squared error for ratings. */
  static TargetLoss of(TargetItems items, FactorModel model, History history, double bias) {
    return switch (model.kind()) {
      case IMPLICIT -> SoftmaxLoss.of(items, model, history);
      case EXPLICIT -> SquaredRatingLoss.of(items, model, history, bias);
    };
  }
}
