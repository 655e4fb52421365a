package dev.thaw.models.bridge;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.kernel.KernelRidge;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Ridge from rows S of ones (users x source items) to targets Y (users x columns), in its dual
 * form: {@code A = S' (S S' + lambda I)^-1 Y}. O(users^3 + users^2 columns) for at most {@value
 * HistoryRows#MAX_USERS} users. For few columns: the weights are held in full.
 */
final class HistoryRidge {
  private HistoryRidge() {}

  /**
   * The weights, source items x columns, row after row.
   *
   * @param targets one row of equal length per history
   */
  static float[] weights(
      ItemDictionary items, List<History> histories, List<float[]> targets, double lambda) {
    int[] users = HistoryRows.spread(histories.size());
    HistoryRows rows =
        new HistoryRows(items, Arrays.stream(users).mapToObj(histories::get).toList(), 0);
    int columns = targets.get(0).length;
    DMatrixRMaj right = new DMatrixRMaj(users.length, columns);
    for (int u = 0; u < users.length; u++) {
      float[] target = targets.get(users[u]);
      for (int t = 0; t < columns; t++) {
        right.set(u, t, target[t]);
      }
    }
    DMatrixRMaj dual = new DMatrixRMaj(users.length, columns);
    KernelRidge.solver(rows.kernel(), lambda).solve(right, dual);
    float[] weights = new float[Math.multiplyExact(items.size(), columns)];
    for (int u = 0; u < users.length; u++) {
      for (int item : rows.row(u)) {
        for (int t = 0, to = item * columns, from = u * columns; t < columns; t++) {
          weights[to++] += (float) dual.data[from++];
        }
      }
    }
    return weights;
  }
}
