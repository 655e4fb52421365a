package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import java.util.function.IntToDoubleFunction;

/**
 * How many users have both of two items, each user with a weight, counted from the sparse rows when
 * asked. Thread-safe.
 */
final class CoOccurrences {
  private final Interactions positives;
  private final float[] userWeight;
  private final double[] counts;
  private final int users;

  /**
   * @param weight of a user by the length of its row
   */
  CoOccurrences(Interactions positives, IntToDoubleFunction weight) {
    this.positives = positives;
    this.userWeight = new float[positives.users().size()];
    this.counts = new double[positives.items().size()];
    int withAny = 0;
    for (int u = 0; u < userWeight.length; u++) {
      int length = positives.rowLength(u);
      if (length > 0) {
        withAny++;
        userWeight[u] = (float) weight.applyAsDouble(length);
        for (int at = positives.rowStart(u); at < positives.rowStart(u + 1); at++) {
          counts[positives.rowItem(at)] += userWeight[u];
        }
      }
    }
    this.users = withAny;
  }

  /** Users with at least one item. */
  int users() {
    return users;
  }

  /** Weight of the users that have the item. */
  double count(int item) {
    return counts[item];
  }

  /**
   * Adds for every item the weight of the users that have it and {@code item}. O(entries of the
   * item's users).
   */
  void with(int item, WeightRow out) {
    int end = positives.columnStart(item) + positives.columnLength(item);
    for (int at = positives.columnStart(item); at < end; at++) {
      int user = positives.columnUser(at);
      float weight = userWeight[user];
      for (int entry = positives.rowStart(user); entry < positives.rowStart(user + 1); entry++) {
        out.add(positives.rowItem(entry), weight);
      }
    }
  }
}
