package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.keyed.TimedState;

/**
 * What a {@link RollingFold} remembers of one key. Mutable; belongs to one thread.
 *
 * <p>Its bytes are self-describing: version, layout (name and definition of each feature),
 * frontier, then one block a feature. {@link RollingFold#adopt} finds features again by name and
 * definition, so that features may come, go and change between two versions of {@code
 * features.yaml}.
 */
public final class RollingState extends TimedState {
  /** Of {@link #leaves}: nothing is there. */
  static final long NOTHING = Long.MAX_VALUE;

  /** Of {@link #leaves}: no window empties it. */
  static final long STAYS = Long.MAX_VALUE - 1;

  private static final int MAGIC = 'R';
  private static final int VERSION = 1;
  private static final long[] UNKNOWN = {};

  final Layout layout;
  final Part[] parts;

  /** Newest event or timer of the key. */
  long frontier = Long.MIN_VALUE;

  /** Newest event that counted for any feature. */
  long newest = Long.MIN_VALUE;

  /**
   * By feature the frontier at which its oldest event leaves its window, so that the parts, each a
   * place of its own in memory, are looked at only when something happens to them. Not stored;
   * empty until {@link RollingFold#adopt} knows the windows.
   */
  long[] leaves = UNKNOWN;

  RollingState(Layout layout, Part[] parts) {
    this.layout = layout;
    this.parts = parts;
  }

  /**
   * Event-time frontier of the key: its newest event or timer, epoch milliseconds; {@code
   * Long.MIN_VALUE} before the first.
   */
  public long frontier() {
    return frontier;
  }

  /** An independent copy. */
  public RollingState copy() {
    Part[] copies = new Part[parts.length];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = parts[i].copy();
    }
    RollingState copy = new RollingState(layout, copies);
    copy.frontier = frontier;
    copy.newest = newest;
    copy.leaves = leaves.clone();
    copy.setTimer(timer());
    return copy;
  }

  public byte[] toBytes() {
    BinaryWriter out = new BinaryWriter(256).writeByte(MAGIC).writeByte(VERSION);
    layout.write(out);
    out.writeLong(frontier).writeLong(newest);
    for (Part part : parts) {
      out.writeByte(part.kind());
      part.write(out);
    }
    return out.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not a rolling state, or damaged
   */
  public static RollingState fromBytes(byte[] bytes) {
    BinaryReader in = new BinaryReader("rolling state", bytes);
    in.expect(MAGIC, "magic");
    in.expect(VERSION, "version");
    Layout layout = Layout.read(in);
    long frontier = in.readLong();
    long newest = in.readLong();
    Part[] parts = new Part[layout.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Part.read(in);
    }
    in.requireEnd();
    RollingState state = new RollingState(layout, parts);
    state.frontier = frontier;
    state.newest = newest;
    return state;
  }
}
