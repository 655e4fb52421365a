package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.Arrays;

/**
 * Numbers in order of time. A cell is one event, or several of one pane merged under the time of
 * the newest; it leaves a window when that time does.
 */
final class Cells extends Part {
  static final int KIND = 1;
  private static final long[] NO_LONGS = {};
  private static final double[] NO_DOUBLES = {};

  /** How the numbers of merged cells combine. */
  enum Merge {
    COUNT,
    SUM,
    MEAN,
    MIN,
    MAX;

    boolean counts() {
      return this == COUNT || this == MEAN;
    }

    boolean numbers() {
      return this != COUNT;
    }

    double merge(double a, double b) {
      return switch (this) {
        case MIN -> Math.min(a, b);
        case MAX -> Math.max(a, b);
        default -> a + b;
      };
    }
  }

  private final Merge merge;
  private int size;
  private long[] times = NO_LONGS;

  /** Events of each cell; none while every cell is one event. */
  private long[] counts = NO_LONGS;

  private double[] numbers = NO_DOUBLES;

  /** Events of all cells. */
  private long events;

  Cells(Merge merge) {
    this.merge = merge;
  }

  int size() {
    return size;
  }

  /** Adds to the newest cell, whatever its time. */
  void addToOne(long time, double number) {
    if (size == 0) {
      insert(0, time, number);
      return;
    }
    times[0] = Math.max(times[0], time);
    if (merge.counts()) {
      countMerged();
      counts[0]++;
    }
    events++;
    if (merge.numbers()) {
      numbers[0] = merge.merge(numbers[0], number);
    }
  }

  /** Adds a cell of its own. */
  void add(long time, double number) {
    int at = size;
    while (at > 0 && times[at - 1] > time) {
      at--;
    }
    insert(at, time, number);
  }

  private void insert(int at, long time, double number) {
    if (size == times.length) {
      grow();
    }
    int moved = size - at;
    if (moved > 0) {
      System.arraycopy(times, at, times, at + 1, moved);
    }
    times[at] = time;
    if (counts.length > 0) {
      System.arraycopy(counts, at, counts, at + 1, moved);
      counts[at] = 1;
    }
    events++;
    if (merge.numbers()) {
      System.arraycopy(numbers, at, numbers, at + 1, moved);
      numbers[at] = number;
    }
    size++;
  }

  private void grow() {
    int length = size == 0 ? 2 : size * 2;
    times = Arrays.copyOf(times, length);
    if (counts.length > 0) {
      counts = Arrays.copyOf(counts, length);
    }
    if (merge.numbers()) {
      numbers = Arrays.copyOf(numbers, length);
    }
  }

  /** From here on cells may hold several events. */
  private void countMerged() {
    if (counts.length == 0) {
      counts = new long[times.length];
      Arrays.fill(counts, 0, size, 1);
    }
  }

  /** Merges the cells of each pane into one. */
  void mergePanes(long pane) {
    if (merge.counts()) {
      countMerged();
    }
    int last = 0;
    for (int i = 1; i < size; i++) {
      if (Math.floorDiv(times[i], pane) == Math.floorDiv(times[last], pane)) {
        times[last] = times[i];
        if (merge.counts()) {
          counts[last] += counts[i];
        }
        if (merge.numbers()) {
          numbers[last] = merge.merge(numbers[last], numbers[i]);
        }
      } else {
        move(i, ++last);
      }
    }
    size = Math.min(size, last + 1);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    if (counts.length > 0) {
      counts[to] = counts[from];
    }
    if (merge.numbers()) {
      numbers[to] = numbers[from];
    }
  }

  long count() {
    return events;
  }

  private long count(int cell) {
    return counts.length == 0 ? 1 : counts[cell];
  }

  /** The merged number of all cells; there must be one. */
  double number() {
    double number = numbers[0];
    for (int i = 1; i < size; i++) {
      number = merge.merge(number, numbers[i]);
    }
    return number;
  }

  @Override
  void dropUntil(long time) {
    int expired = 0;
    while (expired < size && times[expired] <= time) {
      events -= count(expired);
      expired++;
    }
    if (expired == 0) {
      return;
    }
    size -= expired;
    if (size == 0) {
      clear();
      return;
    }
    System.arraycopy(times, expired, times, 0, size);
    if (counts.length > 0) {
      System.arraycopy(counts, expired, counts, 0, size);
    }
    if (merge.numbers()) {
      System.arraycopy(numbers, expired, numbers, 0, size);
    }
  }

  @Override
  long oldest() {
    return times[0];
  }

  @Override
  boolean isEmpty() {
    return size == 0;
  }

  @Override
  void clear() {
    size = 0;
    events = 0;
    times = NO_LONGS;
    counts = NO_LONGS;
    numbers = NO_DOUBLES;
  }

  @Override
  Cells copy() {
    Cells copy = new Cells(merge);
    if (size > 0) {
      copy.size = size;
      copy.events = events;
      copy.times = Arrays.copyOf(times, size);
      copy.counts = counts.length > 0 ? Arrays.copyOf(counts, size) : NO_LONGS;
      copy.numbers = merge.numbers() ? Arrays.copyOf(numbers, size) : NO_DOUBLES;
    }
    return copy;
  }

  @Override
  int kind() {
    return KIND;
  }

  @Override
  void write(BinaryWriter out) {
    out.writeByte(merge.ordinal()).writeCount(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      out.writeSigned(times[i] - before);
      before = times[i];
      if (merge.counts()) {
        out.writeCount(count(i));
      }
      if (merge.numbers()) {
        out.writeDouble(numbers[i]);
      }
    }
  }

  static Cells read(BinaryReader in) {
    int ordinal = in.readByte();
    if (ordinal >= Merge.values().length) {
      throw in.damaged("merge rule " + ordinal);
    }
    Cells cells = new Cells(Merge.values()[ordinal]);
    int size = in.readSize(2);
    if (size == 0) {
      return cells;
    }
    cells.size = size;
    cells.times = new long[size];
    cells.numbers = cells.merge.numbers() ? new double[size] : NO_DOUBLES;
    long before = 0;
    for (int i = 0; i < size; i++) {
      before += in.readSigned();
      cells.times[i] = before;
      if (cells.merge.counts()) {
        cells.readCount(i, in.readCount());
      }
      if (cells.merge.numbers()) {
        cells.numbers[i] = in.readDouble();
      }
    }
    return cells;
  }

  private void readCount(int cell, long count) {
    if (count != 1) {
      countMerged();
    }
    if (counts.length > 0) {
      counts[cell] = count;
    }
    events += count;
  }
}
