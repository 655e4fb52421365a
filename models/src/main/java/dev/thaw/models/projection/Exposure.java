package dev.thaw.models.projection;

import dev.thaw.models.interactions.Interactions;
import java.util.Arrays;

/**
 * For how much of a domain's life its items have been there: the share of the interactions that did
 * not come before an item's first one. Near 0 for an item that just came, whose few likes say
 * little of how many there will be; near 1 for one that was there all the time. Immutable,
 * thread-safe.
 */
final class Exposure {
  private final long[] firstOfItem;
  private final long[] times;

  private Exposure(long[] firstOfItem, long[] times) {
    this.firstOfItem = firstOfItem;
    this.times = times;
  }

  /** O(n log n). */
  static Exposure of(Interactions interactions) {
    long[] first = new long[interactions.items().size()];
    Arrays.fill(first, Long.MAX_VALUE);
    long[] times = new long[interactions.size()];
    int timed = 0;
    for (int at = 0; at < times.length; at++) {
      long time = interactions.rowTime(at);
      if (time != Interactions.UNTIMED) {
        times[timed++] = time;
        int item = interactions.rowItem(at);
        first[item] = Math.min(first[item], time);
      }
    }
    long[] sorted = Arrays.copyOf(times, timed);
    Arrays.sort(sorted);
    return new Exposure(first, sorted);
  }

  /** In [0, 1]; 1 for an item without a time, of which nothing says that it is new. */
  double of(int item) {
    long first = firstOfItem[item];
    if (first == Long.MAX_VALUE) {
      return 1;
    }
    return (double) (times.length - before(first)) / times.length;
  }

  /**
   * The same with its likes.
   *
   * @param likes of the item, the first one included
   */
  Seen seen(int item, int likes) {
    return new Seen(Math.max(0, likes - 1), of(item));
  }

  /** Share of the interactions from one time to another, both included; NaN if none has a time. */
  double between(long from, long until) {
    return (double) (before(until + 1) - before(from)) / times.length;
  }

  /** How many interactions came before a time. */
  private int before(long time) {
    int from = 0;
    int to = times.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (times[middle] < time) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
