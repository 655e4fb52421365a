package dev.thaw.models.ranking;

import dev.thaw.models.interactions.Interactions;
import java.util.Arrays;

/** How many users have both of two items, counted from the sparse rows when asked. Thread-safe. */
final class CoOccurrences {
  private final Interactions positives;
  private final int users;

  CoOccurrences(Interactions positives) {
    this.positives = positives;
    int withAny = 0;
    for (int u = 0; u < positives.users().size(); u++) {
      withAny += positives.rowLength(u) > 0 ? 1 : 0;
    }
    this.users = withAny;
  }

  /** Users with at least one item. */
  int users() {
    return users;
  }

  int count(int item) {
    return positives.columnLength(item);
  }

  /**
   * Writes for every item how many users have it and {@code item}; for the item itself its count.
   * O(entries of the item's users).
   */
  void with(int item, int[] out) {
    Arrays.fill(out, 0);
    int end = positives.columnStart(item) + positives.columnLength(item);
    for (int at = positives.columnStart(item); at < end; at++) {
      int user = positives.columnUser(at);
      int rowEnd = positives.rowStart(user) + positives.rowLength(user);
      for (int entry = positives.rowStart(user); entry < rowEnd; entry++) {
        out[positives.rowItem(entry)]++;
      }
    }
  }
}
