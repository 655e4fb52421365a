package dev.thaw.models.statistics;

import java.util.Arrays;

/**
 * The newest time of each of the {@value #MAX} keys seen last, and a value of that time. Of one
 * time the larger value counts, so that the order of arrival does not. Mutable; belongs to one
 * thread. A plain Flink POJO of at most 6 KB.
 */
public final class NewestOfKeys {
  /** Keys remembered; of more, those with the newest times. */
  public static final int MAX = 256;

  /** How many places of the arrays are taken. */
  public int size;

  /** In ascending order; the other arrays follow it. */
  public long[] keys = {};

  /** Epoch milliseconds. */
  public long[] times = {};

  public double[] values = {};

  /**
   * @return where the key is, negative if it is not remembered
   */
  int find(long key) {
    return Arrays.binarySearch(keys, 0, size, key);
  }

  double valueAt(int index) {
    return values[index];
  }

  /** Whether this replaces what is there; if so it has. */
  boolean replace(int index, long time, double value) {
    if (time < times[index] || time == times[index] && value <= values[index]) {
      return false;
    }
    times[index] = time;
    values[index] = value;
    return true;
  }

  /** Remembers a key that is not, unless all places have newer ones. */
  void add(long key, long time, double value) {
    if (size == MAX) {
      int oldest = oldest();
      if (times[oldest] >= time) {
        return;
      }
      move(oldest + 1, oldest);
      size--;
    } else if (size == keys.length) {
      int capacity = Math.min(MAX, size + size / 2 + 2);
      keys = Arrays.copyOf(keys, capacity);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    int place = -find(key) - 1;
    move(place, place + 1);
    keys[place] = key;
    times[place] = time;
    values[place] = value;
    size++;
  }

  /** Moves what stands from here on to there. */
  private void move(int from, int to) {
    System.arraycopy(keys, from, keys, to, size - from);
    System.arraycopy(times, from, times, to, size - from);
    System.arraycopy(values, from, values, to, size - from);
  }

  private int oldest() {
    int oldest = 0;
    for (int i = 1; i < size; i++) {
      if (times[i] < times[oldest]) {
        oldest = i;
      }
    }
    return oldest;
  }
}
