package dev.thaw.models.itemtoitem;

import dev.thaw.models.ranking.TopItems;
import java.util.Arrays;

/**
 * One row of weights of which few may differ from zero. Remembers which were touched, so that
 * neither filling nor reading it costs more than these. Scratch of one thread.
 */
final class WeightRow {
  private final float[] values;
  private final boolean[] isTouched;
  private final int[] touched;
  private int size;

  /**
   * @param items places of the row
   */
  WeightRow(int items) {
    this.values = new float[items];
    this.isTouched = new boolean[items];
    this.touched = new int[items];
  }

  /** All zero and untouched. O(touched). */
  void clear() {
    for (int at = 0; at < size; at++) {
      values[touched[at]] = 0;
      isTouched[touched[at]] = false;
    }
    size = 0;
  }

  int items() {
    return values.length;
  }

  void add(int item, float value) {
    touch(item);
    values[item] += value;
  }

  void set(int item, float value) {
    touch(item);
    values[item] = value;
  }

  private void touch(int item) {
    if (!isTouched[item]) {
      isTouched[item] = true;
      touched[size++] = item;
    }
  }

  float get(int item) {
    return values[item];
  }

  /** Numbers that were touched, in any order; the first {@link #touchedCount} count. Not copied. */
  int[] touched() {
    return touched;
  }

  int touchedCount() {
    return size;
  }

  /**
   * Numbers of the largest weights by size, ascending; of equal ones the lower number. O(touched
   * log touched).
   */
  int[] largest(int kept) {
    int[] numbers = Arrays.copyOf(touched, size);
    Arrays.sort(numbers);
    float[] sizes = new float[size];
    for (int at = 0; at < size; at++) {
      sizes[at] = Math.abs(values[numbers[at]]);
    }
    int[] best = TopItems.of(sizes, kept, at -> sizes[at] > 0);
    for (int at = 0; at < best.length; at++) {
      best[at] = numbers[best[at]];
    }
    Arrays.sort(best);
    return best;
  }
}
