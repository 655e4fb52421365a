package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;

/** Ids of a stretch of event time, as 64-bit hashes in open addressing; a zero slot is free. */
final class IdSet {
  final long first;
  long last;
  private int size;
  private long[] slots = new long[4];

  IdSet(long first, long last) {
    this.first = first;
    this.last = last;
  }

  int size() {
    return size;
  }

  boolean contains(long hash) {
    return slots[slotOf(nonZero(hash))] != 0;
  }

  void add(long hash) {
    if (size * 4 >= slots.length * 3) {
      long[] before = slots;
      slots = new long[before.length * 2];
      for (long stored : before) {
        if (stored != 0) {
          slots[slotOf(stored)] = stored;
        }
      }
    }
    long stored = nonZero(hash);
    int slot = slotOf(stored);
    if (slots[slot] == 0) {
      slots[slot] = stored;
      size++;
    }
  }

  private int slotOf(long stored) {
    int mask = slots.length - 1;
    int slot = (int) (stored ^ stored >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != stored) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static long nonZero(long hash) {
    return hash == 0 ? 1 : hash;
  }

  IdSet copy() {
    IdSet copy = new IdSet(first, last);
    copy.size = size;
    copy.slots = slots.clone();
    return copy;
  }

  void write(BinaryWriter out) {
    out.writeSigned(first).writeCount(last - first).writeCount(size);
    for (long stored : slots) {
      if (stored != 0) {
        out.writeLong(stored);
      }
    }
  }

  static IdSet read(BinaryReader in) {
    long first = in.readSigned();
    IdSet set = new IdSet(first, first + in.readCount());
    int size = in.readSize(8);
    for (int i = 0; i < size; i++) {
      set.add(in.readLong());
    }
    return set;
  }
}
