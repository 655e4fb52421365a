package dev.thaw.models.bridge;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.BitSet;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Ridge from rows S (users x source items) to targets Y (users x columns), in its dual form: {@code
 * A = S' (S S' + lambda I)^-1 Y}. O(users^3 + users^2 columns) for at most {@value #MAX_USERS}
 * users, of more an even spread.
 */
final class HistoryRidge {
  static final int MAX_USERS = 3_000;

  private HistoryRidge() {}

  /**
   * The weights, source items x columns, row after row.
   *
   * @param targets one row of equal length per history
   * @param power rows are {@code length^-power} where there is an item: zero leaves ones, a half
   *     gives every row the same length
   */
  static float[] weights(
      ItemDictionary items,
      List<History> histories,
      List<float[]> targets,
      double lambda,
      double power) {
    int n = Math.min(histories.size(), MAX_USERS);
    int columns = targets.get(0).length;
    BitSet[] rows = new BitSet[n];
    double[] values = new double[n];
    DMatrixRMaj right = new DMatrixRMaj(n, columns);
    for (int u = 0; u < n; u++) {
      int user = (int) ((long) u * histories.size() / n);
      rows[u] = row(histories.get(user), items);
      values[u] = Math.pow(Math.max(1, rows[u].cardinality()), -power);
      float[] target = targets.get(user);
      for (int t = 0; t < columns; t++) {
        right.set(u, t, target[t]);
      }
    }
    DMatrixRMaj dual = dual(rows, values, right, lambda);
    float[] weights = new float[Math.multiplyExact(items.size(), columns)];
    for (int u = 0; u < n; u++) {
      for (int item = rows[u].nextSetBit(0); item >= 0; item = rows[u].nextSetBit(item + 1)) {
        for (int t = 0, to = item * columns, from = u * columns; t < columns; t++) {
          weights[to++] += (float) (values[u] * dual.data[from++]);
        }
      }
    }
    return weights;
  }

  private static BitSet row(History history, ItemDictionary items) {
    BitSet row = new BitSet(items.size());
    for (History.Entry entry : history.entries()) {
      int item = items.indexOf(entry.item());
      if (item >= 0) {
        row.set(item);
      }
    }
    return row;
  }

  private static DMatrixRMaj dual(
      BitSet[] rows, double[] values, DMatrixRMaj right, double lambda) {
    int n = rows.length;
    DMatrixRMaj kernel = new DMatrixRMaj(n, n);
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        BitSet common = (BitSet) rows[a].clone();
        common.and(rows[b]);
        double value = values[a] * values[b] * common.cardinality();
        kernel.set(a, b, value);
        kernel.set(b, a, value);
      }
      kernel.add(a, a, lambda);
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(n);
    if (!solver.setA(kernel)) {
      throw new ArithmeticException("kernel of " + n + " users is not positive definite");
    }
    DMatrixRMaj dual = new DMatrixRMaj(n, right.numCols);
    solver.solve(right, dual);
    return dual;
  }
}
