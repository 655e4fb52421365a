package dev.thaw.models.graph;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * The users of two domains numbered together.
 *
 * @param source interactions there
 * @param target liked items there
 */
record SharedUsers(Interactions source, Interactions target, List<UserId> users) {
  static SharedUsers of(Interactions source, Interactions target) {
    TreeSet<UserId> users = new TreeSet<>(source.users());
    users.addAll(target.users());
    return new SharedUsers(source, target, List.copyOf(users));
  }

  private int[] rows(Interactions domain) {
    int[] rows = new int[users.size()];
    Arrays.setAll(rows, u -> domain.indexOf(users.get(u)));
    return rows;
  }

  Bipartite sourceGraph() {
    return new Bipartite(source, rows(source), new BitSet());
  }

  /**
   * @param without users whose edges are left out
   */
  Bipartite targetGraph(BitSet without) {
    return new Bipartite(target, rows(target), without);
  }

  /** Users with edges in both. */
  int[] overlap() {
    Bipartite there = sourceGraph();
    Bipartite here = targetGraph(new BitSet());
    BitSet both = new BitSet();
    for (int u = 0; u < users.size(); u++) {
      both.set(u, there.degree(u) > 0 && here.degree(u) > 0);
    }
    return both.stream().toArray();
  }

  /** Target items of a user. */
  int[] items(int user) {
    int row = target.indexOf(users.get(user));
    int[] items = new int[target.rowLength(row)];
    for (int n = 0; n < items.length; n++) {
      items[n] = target.rowItem(target.rowStart(row) + n);
    }
    return items;
  }
}
