package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * The vector whose scores come nearest to a user's row of likes: {@code p = (Q'Q + eps I)^-1 Q' y},
 * y one where the user liked and zero elsewhere. A fold-in shrinks by the lambda of the factors,
 * which is far more than a bridge needs that is ridge-regularised itself: mapped onto these vectors
 * it is the item-to-item ridge, projected onto the factors. O(n d + d^2) after O(items d^2 + d^3).
 */
final class RowProjection {
  /** Of the mean diagonal of Q'Q. */
  private static final double RIDGE = 1e-2;

  private final FactorModel model;
  private final int rank;
  private final float[][] factors;
  private final LinearSolverDense<DMatrixRMaj> solver;

  RowProjection(FactorModel model) {
    this.model = model;
    this.rank = model.rank();
    this.factors = new float[model.items().size()][];
    DMatrixRMaj gram = new DMatrixRMaj(rank, rank);
    for (int item = 0; item < factors.length; item++) {
      factors[item] = model.indexVector(item);
      add(gram, factors[item]);
    }
    double trace = 0;
    for (int i = 0; i < rank; i++) {
      trace += gram.get(i, i);
    }
    for (int i = 0; i < rank; i++) {
      gram.add(i, i, Math.max(1e-9, RIDGE * trace / rank));
    }
    solver = LinearSolverFactory_DDRM.symmPosDef(rank);
    if (!solver.setA(gram)) {
      throw new ArithmeticException("Gram matrix of " + model + " is not positive definite");
    }
  }

  private void add(DMatrixRMaj gram, float[] factor) {
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j < rank; j++) {
        gram.add(i, j, (double) factor[i] * factor[j]);
      }
    }
  }

  /**
   * @param history in the target; what the model doesn't know or was not liked has no part
   */
  UserVector of(History history) {
    DMatrixRMaj right = new DMatrixRMaj(rank, 1);
    for (History.Entry entry : history.entries()) {
      int item = model.items().indexOf(entry.item());
      if (item >= 0 && model.scale().isPositive(entry.strength())) {
        for (int i = 0; i < rank; i++) {
          right.add(i, 0, factors[item][i]);
        }
      }
    }
    return UserVector.copyOf(solved(right), model.biases().userBias(history));
  }

  /**
   * @param scores of all items, by their numbers
   */
  float[] of(float[] scores) {
    DMatrixRMaj right = new DMatrixRMaj(rank, 1);
    for (int item = 0; item < scores.length; item++) {
      for (int i = 0; i < rank; i++) {
        right.add(i, 0, (double) scores[item] * factors[item][i]);
      }
    }
    return solved(right);
  }

  private float[] solved(DMatrixRMaj right) {
    DMatrixRMaj solved = new DMatrixRMaj(rank, 1);
    solver.solve(right, solved);
    float[] vector = new float[rank];
    for (int i = 0; i < rank; i++) {
      vector[i] = (float) solved.get(i, 0);
    }
    return vector;
  }
}
