package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.keyed.TimedState;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Event ids of one key that {@link Deduplication} remembers, in stretches of event time. Mutable;
 * belongs to one thread.
 */
public final class SeenEvents extends TimedState {
  private static final int MAGIC = 'D';
  private static final int VERSION = 1;

  /** Oldest stretch first; stretches do not overlap. */
  final Deque<IdSet> stretches = new ArrayDeque<>(2);

  /** Ids of events up to here were dropped for want of space. */
  long floor = Long.MIN_VALUE;

  int size;

  SeenEvents() {}

  boolean contains(long hash) {
    for (IdSet stretch : stretches) {
      if (stretch.contains(hash)) {
        return true;
      }
    }
    return false;
  }

  void dropOldest() {
    size -= stretches.removeFirst().size();
  }

  /** An independent copy. */
  public SeenEvents copy() {
    SeenEvents copy = new SeenEvents();
    copy.floor = floor;
    copy.size = size;
    copy.setTimer(timer());
    stretches.forEach(stretch -> copy.stretches.add(stretch.copy()));
    return copy;
  }

  public byte[] toBytes() {
    BinaryWriter out = new BinaryWriter(32 + 9 * size).writeByte(MAGIC).writeByte(VERSION);
    out.writeLong(floor).writeCount(stretches.size());
    stretches.forEach(stretch -> stretch.write(out));
    return out.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not seen events, or damaged
   */
  public static SeenEvents fromBytes(byte[] bytes) {
    BinaryReader in = new BinaryReader("seen events", bytes);
    in.expect(MAGIC, "magic");
    in.expect(VERSION, "version");
    SeenEvents seen = new SeenEvents();
    seen.floor = in.readLong();
    int stretches = in.readSize(3);
    for (int i = 0; i < stretches; i++) {
      IdSet stretch = IdSet.read(in);
      seen.stretches.add(stretch);
      seen.size += stretch.size();
    }
    in.requireEnd();
    return seen;
  }
}
