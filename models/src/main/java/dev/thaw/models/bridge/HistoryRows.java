package dev.thaw.models.bridge;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.training.InvertedLists;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Sparse rows S of users over a domain's items, with the products that a ridge in its dual form
 * needs. A row is {@code length^-power} where there is an item: zero leaves ones, a half gives
 * every row the same length. Memory O(interactions), and O(users^2) for a product of all rows.
 * Immutable, thread-safe.
 */
final class HistoryRows {
  /** Of more users an even spread is taken. */
  static final int MAX_USERS = 3_000;

  private final ItemDictionary items;
  private final int[][] itemsOf;
  private final int[][] usersOf;
  private final double[] values;

  HistoryRows(ItemDictionary items, List<History> histories, double power) {
    this.items = items;
    this.itemsOf = histories.stream().map(this::numbers).toArray(int[][]::new);
    this.values =
        Arrays.stream(itemsOf)
            .mapToDouble(row -> Math.pow(Math.max(1, row.length), -power))
            .toArray();
    this.usersOf = InvertedLists.of(List.of(itemsOf), items.size());
  }

  /** Which of so many users have a row. */
  static int[] spread(int users) {
    int n = Math.min(users, MAX_USERS);
    return IntStream.range(0, n).map(u -> (int) ((long) u * users / n)).toArray();
  }

  private int[] numbers(History history) {
    return history.entries().stream()
        .mapToInt(entry -> items.indexOf(entry.item()))
        .filter(item -> item >= 0)
        .distinct()
        .toArray();
  }

  int size() {
    return itemsOf.length;
  }

  /** Numbers of the items of a user's row. */
  int[] row(int user) {
    return itemsOf[user];
  }

  /** {@code S x} for a row x of ones. O(users who share an item + users). */
  double[] products(History history) {
    return products(numbers(history));
  }

  private double[] products(int[] ones) {
    double[] products = new double[values.length];
    for (int item : ones) {
      for (int user : usersOf[item]) {
        products[user] += values[user];
      }
    }
    return products;
  }

  /** {@code S S'}, users x users. */
  DMatrixRMaj kernel() {
    int n = size();
    DMatrixRMaj kernel = new DMatrixRMaj(n, n);
    for (int a = 0; a < n; a++) {
      double[] products = products(itemsOf[a]);
      for (int b = 0; b < n; b++) {
        kernel.data[a * n + b] = values[a] * products[b];
      }
    }
    return kernel;
  }
}
