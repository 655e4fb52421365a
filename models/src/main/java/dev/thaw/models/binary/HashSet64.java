package dev.thaw.models.binary;

/**
 * A set of 64-bit hashes in open addressing; 11 to 22 bytes an entry. The hashes 0 and 1 count as
 * one. Mutable; belongs to one thread.
 */
public final class HashSet64 {
  private int size;
  private long[] slots = new long[4];

  public int size() {
    return size;
  }

  public boolean contains(long hash) {
    return slots[slotOf(nonZero(hash))] != 0;
  }

  /**
   * @return whether it was new
   */
  public boolean add(long hash) {
    if (size * 4 >= slots.length * 3) {
      grow();
    }
    long stored = nonZero(hash);
    int slot = slotOf(stored);
    if (slots[slot] != 0) {
      return false;
    }
    slots[slot] = stored;
    size++;
    return true;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    for (long stored : before) {
      if (stored != 0) {
        slots[slotOf(stored)] = stored;
      }
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

  public HashSet64 copy() {
    HashSet64 copy = new HashSet64();
    copy.size = size;
    copy.slots = slots.clone();
    return copy;
  }

  public void write(BinaryWriter out) {
    out.writeCount(size);
    for (long stored : slots) {
      if (stored != 0) {
        out.writeLong(stored);
      }
    }
  }

  public static HashSet64 read(BinaryReader in) {
    HashSet64 set = new HashSet64();
    int size = in.readSize(8);
    for (int i = 0; i < size; i++) {
      set.add(in.readLong());
    }
    return set;
  }
}
