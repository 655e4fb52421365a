package dev.thaw.models.training;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Weighted ridge regression of several targets: {@code B = (X'WX + diag(penalty))^-1 X'WY}. Rows
 * are added one by one as sparse features; nothing of them is kept. O(nonzeros^2) a row,
 * O(features^3) to solve. One thread.
 */
public final class RidgeRegression {
  private final int features;
  private final int targets;
  private final double[] gram;
  private final double[] moment;

  public RidgeRegression(int features, int targets) {
    this.features = features;
    this.targets = targets;
    this.gram = new double[Math.multiplyExact(features, features)];
    this.moment = new double[Math.multiplyExact(features, targets)];
  }

  /**
   * @param indices ascending, the first {@code n} count
   * @param values of those features
   * @param weight of the row, at least 0
   */
  public void add(int[] indices, float[] values, int n, double weight, float[] target) {
    for (int a = 0; a < n; a++) {
      double left = weight * values[a];
      int row = indices[a] * features;
      for (int b = 0; b <= a; b++) {
        gram[row + indices[b]] += left * values[b];
      }
      int at = indices[a] * targets;
      for (int t = 0; t < targets; t++) {
        moment[at + t] += left * target[t];
      }
    }
  }

  /**
   * The weights, features x targets, row after row.
   *
   * @param penalty of each feature's squared weights; where it is 0, the data must determine it
   * @throws ArithmeticException if the data and the penalties don't determine the weights
   */
  public float[] solve(double[] penalty) {
    DMatrixRMaj a = new DMatrixRMaj(features, features);
    for (int i = 0; i < features; i++) {
      for (int j = 0; j <= i; j++) {
        double value = gram[i * features + j];
        a.set(i, j, value);
        a.set(j, i, value);
      }
      a.set(i, i, a.get(i, i) + penalty[i]);
    }
    DMatrixRMaj b = DMatrixRMaj.wrap(features, targets, moment.clone());
    DMatrixRMaj x = new DMatrixRMaj(features, targets);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(features);
    if (!solver.setA(a)) {
      throw new ArithmeticException(
          "ridge of " + features + " features is not positive definite; penalties are too small");
    }
    solver.solve(b, x);
    float[] weights = new float[features * targets];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) x.data[i];
    }
    return weights;
  }
}
