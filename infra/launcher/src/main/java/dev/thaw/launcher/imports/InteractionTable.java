package dev.thaw.launcher.imports;

import java.util.Arrays;

/**
 * Interactions as columns of numbers, 21 bytes each, so that data sets of tens of millions fit into
 * memory while they are put in order. Not thread-safe.
 */
final class InteractionTable {
  /** Time of an interaction that has none. */
  static final long UNTIMED = Long.MIN_VALUE;

  private int[] users = new int[1024];
  private int[] items = new int[1024];
  private float[] values = new float[1024];
  private byte[] types = new byte[1024];
  private long[] times = new long[1024];
  private int size;
  private int untimed;

  /**
   * @param value NaN for none
   * @param timeMillis epoch milliseconds or {@link #UNTIMED}
   */
  void add(int user, int item, int type, float value, long timeMillis) {
    if (size == users.length) {
      int larger = size + (size >> 1);
      users = Arrays.copyOf(users, larger);
      items = Arrays.copyOf(items, larger);
      values = Arrays.copyOf(values, larger);
      types = Arrays.copyOf(types, larger);
      times = Arrays.copyOf(times, larger);
    }
    users[size] = user;
    items[size] = item;
    types[size] = (byte) type;
    values[size] = value;
    times[size] = timeMillis;
    untimed += timeMillis == UNTIMED ? 1 : 0;
    size++;
  }

  int size() {
    return size;
  }

  int untimed() {
    return untimed;
  }

  int user(int row) {
    return users[row];
  }

  int item(int row) {
    return items[row];
  }

  int type(int row) {
    return types[row];
  }

  float value(int row) {
    return values[row];
  }

  long time(int row) {
    return times[row];
  }

  void setTime(int row, long timeMillis) {
    untimed -= times[row] == UNTIMED ? 1 : 0;
    times[row] = timeMillis;
  }

  /** Rows in order of time; equal times stay in the order they were added. O(n log n). */
  int[] inOrderOfTime() {
    int[] rows = new int[size];
    Arrays.setAll(rows, i -> i);
    int[] other = new int[size];
    for (int width = 1; width < size && width > 0; width *= 2) {
      for (int from = 0; from < size; from += 2 * width) {
        merge(rows, other, from, Math.min(from + width, size), Math.min(from + 2 * width, size));
      }
      int[] swap = rows;
      rows = other;
      other = swap;
    }
    return rows;
  }

  private void merge(int[] in, int[] out, int left, int middle, int end) {
    int l = left;
    int r = middle;
    for (int at = left; at < end; at++) {
      boolean takeLeft = l < middle && (r >= end || times[in[l]] <= times[in[r]]);
      out[at] = takeLeft ? in[l++] : in[r++];
    }
  }
}
