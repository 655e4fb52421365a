package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.Arrays;

/** Different values as 64-bit hashes, each with the newest time it was seen, in order of time. */
final class DistinctValues extends Part {
  static final int KIND = 2;
  private static final long[] NONE = {};

  private int size;
  private long[] times = NONE;
  private long[] hashes = NONE;

  int size() {
    return size;
  }

  /**
   * Sees a value. At the bound the value seen longest ago goes; as all others are newer, the number
   * of values in any window that still held it is at the bound anyway: the size is exactly the
   * smaller of the true number and the bound.
   *
   * @return whether anything changed
   */
  boolean add(long hash, long time, int bound) {
    int known = find(hash);
    if (known >= 0) {
      if (times[known] >= time) {
        return false;
      }
      remove(known);
    } else if (size == bound) {
      if (times[0] >= time) {
        return false;
      }
      remove(0);
    }
    int at = size;
    while (at > 0 && times[at - 1] > time) {
      at--;
    }
    if (size == times.length) {
      int length = size == 0 ? 2 : size * 2;
      times = Arrays.copyOf(times, length);
      hashes = Arrays.copyOf(hashes, length);
    }
    System.arraycopy(times, at, times, at + 1, size - at);
    System.arraycopy(hashes, at, hashes, at + 1, size - at);
    times[at] = time;
    hashes[at] = hash;
    size++;
    return true;
  }

  private int find(long hash) {
    for (int i = size - 1; i >= 0; i--) {
      if (hashes[i] == hash) {
        return i;
      }
    }
    return -1;
  }

  private void remove(int at) {
    size--;
    System.arraycopy(times, at + 1, times, at, size - at);
    System.arraycopy(hashes, at + 1, hashes, at, size - at);
  }

  @Override
  void dropUntil(long time) {
    int expired = 0;
    while (expired < size && times[expired] <= time) {
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
    System.arraycopy(hashes, expired, hashes, 0, size);
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
    times = NONE;
    hashes = NONE;
  }

  @Override
  DistinctValues copy() {
    DistinctValues copy = new DistinctValues();
    if (size > 0) {
      copy.size = size;
      copy.times = Arrays.copyOf(times, size);
      copy.hashes = Arrays.copyOf(hashes, size);
    }
    return copy;
  }

  @Override
  int kind() {
    return KIND;
  }

  @Override
  void write(BinaryWriter out) {
    out.writeCount(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      out.writeSigned(times[i] - before).writeLong(hashes[i]);
      before = times[i];
    }
  }

  static DistinctValues read(BinaryReader in) {
    DistinctValues values = new DistinctValues();
    int size = in.readSize(9);
    if (size == 0) {
      return values;
    }
    values.size = size;
    values.times = new long[size];
    values.hashes = new long[size];
    long before = 0;
    for (int i = 0; i < size; i++) {
      before += in.readSigned();
      values.times[i] = before;
      values.hashes[i] = in.readLong();
    }
    return values;
  }
}
