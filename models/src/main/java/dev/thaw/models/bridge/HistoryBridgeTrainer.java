package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.BitSet;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Ridge from source rows S (overlap users x source items, ones) to centred target vectors P, in its
 * dual form: {@code A = S' (S S' + lambda I)^-1 (P - mean)}. O(users^3) for at most {@value
 * #MAX_USERS} users, the first of an even spread.
 */
record HistoryBridgeTrainer(double lambda) {
  static final int MAX_USERS = 3_000;

  HistoryBridge fit(BridgeData data, Overlap overlap, FactorModel targetModel) {
    ItemDictionary items = data.source().items();
    int rank = targetModel.rank();
    int step = (overlap.size() + MAX_USERS - 1) / MAX_USERS;
    int n = (overlap.size() + step - 1) / step;
    BitSet[] rows = new BitSet[n];
    float[] mean = new float[rank];
    for (int u = 0; u < n; u++) {
      rows[u] = row(overlap.source(u * step), items);
      for (int t = 0; t < rank; t++) {
        mean[t] += overlap.target(u * step).get(t) / n;
      }
    }
    DMatrixRMaj dual = dual(rows, overlap, step, mean);
    float[] weights = new float[items.size() * rank];
    for (int u = 0; u < n; u++) {
      int user = u;
      rows[u].stream()
          .forEach(
              item -> {
                for (int t = 0; t < rank; t++) {
                  weights[item * rank + t] += (float) dual.get(user, t);
                }
              });
    }
    return new HistoryBridge(
        data.source().domain(),
        data.target().domain(),
        items,
        mean,
        weights,
        overlap.biasTransfer(data.sourceModel()));
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

  private DMatrixRMaj dual(BitSet[] rows, Overlap overlap, int step, float[] mean) {
    int n = rows.length;
    DMatrixRMaj kernel = new DMatrixRMaj(n, n);
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        BitSet common = (BitSet) rows[a].clone();
        common.and(rows[b]);
        double value = common.cardinality();
        kernel.set(a, b, value);
        kernel.set(b, a, value);
      }
      kernel.add(a, a, lambda);
    }
    DMatrixRMaj residuals = new DMatrixRMaj(n, mean.length);
    for (int u = 0; u < n; u++) {
      for (int t = 0; t < mean.length; t++) {
        residuals.set(u, t, overlap.target(u * step).get(t) - mean[t]);
      }
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(n);
    if (!solver.setA(kernel)) {
      throw new ArithmeticException("kernel of " + n + " users is not positive definite");
    }
    DMatrixRMaj dual = new DMatrixRMaj(n, mean.length);
    solver.solve(residuals, dual);
    return dual;
  }
}
