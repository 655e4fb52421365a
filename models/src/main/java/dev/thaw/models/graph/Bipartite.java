package dev.thaw.models.graph;

import dev.thaw.models.interactions.Interactions;
import java.util.BitSet;

/**
 * Users and items of one domain as a graph with the weights {@code 1 / sqrt(d_u d_i)} of LightGCN,
 * He et al., SIGIR 2020, eq. 3. A pass costs O(edges d).
 */
final class Bipartite {
  private final Interactions edges;
  private final int[] rows;
  private final BitSet without;
  private final double[] userNorm;
  private final double[] itemNorm;

  /**
   * @param rows the domain's number of each user of the graph, -1 where there is none
   * @param without users of the graph whose edges are left out
   */
  Bipartite(Interactions edges, int[] rows, BitSet without) {
    this.edges = edges;
    this.rows = rows;
    this.without = without;
    this.userNorm = new double[rows.length];
    this.itemNorm = new double[edges.items().size()];
    for (int u = 0; u < rows.length; u++) {
      if (degree(u) > 0) {
        userNorm[u] = 1 / Math.sqrt(degree(u));
        for (int at = edges.rowStart(rows[u]); at < edges.rowStart(rows[u] + 1); at++) {
          itemNorm[edges.rowItem(at)]++;
        }
      }
    }
    for (int i = 0; i < itemNorm.length; i++) {
      itemNorm[i] = itemNorm[i] > 0 ? 1 / Math.sqrt(itemNorm[i]) : 0;
    }
  }

  int degree(int user) {
    return rows[user] < 0 || without.get(user) ? 0 : edges.rowLength(rows[user]);
  }

  /** {@code 1 / sqrt(d_i)}, 0 without edges. */
  double itemNorm(int item) {
    return itemNorm[item];
  }

  /** Sums over each user's items. */
  double[] toUsers(double[] items, int rank) {
    double[] users = new double[rows.length * rank];
    pass(items, users, rank, true);
    return users;
  }

  /** Sums over each item's users: the transpose. */
  double[] toItems(double[] users, int rank) {
    double[] items = new double[itemNorm.length * rank];
    pass(users, items, rank, false);
    return items;
  }

  private void pass(double[] from, double[] to, int rank, boolean toUsers) {
    for (int u = 0; u < rows.length; u++) {
      if (degree(u) == 0) {
        continue;
      }
      for (int at = edges.rowStart(rows[u]); at < edges.rowStart(rows[u] + 1); at++) {
        int item = edges.rowItem(at);
        double weight = userNorm[u] * itemNorm[item];
        int reads = (toUsers ? item : u) * rank;
        int writes = (toUsers ? u : item) * rank;
        for (int d = 0; d < rank; d++) {
          to[writes + d] += weight * from[reads + d];
        }
      }
    }
  }
}
