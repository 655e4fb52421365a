package dev.thaw.models.rolling;

/**
 * What a {@link RollingFold} remembers of one key. Mutable; belongs to one thread. Self-describing
 * in bytes: features are found again by name and definition.
 */
public final class RollingState {
  RollingState() {}

  /** Event-time frontier of the key: newest event or timer, epoch milliseconds. */
  public long frontier() {
    throw new UnsupportedOperationException("not yet");
  }

  /** An independent copy. */
  public RollingState copy() {
    throw new UnsupportedOperationException("not yet");
  }

  public byte[] toBytes() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * @throws IllegalArgumentException if the bytes are not a rolling state
   */
  public static RollingState fromBytes(byte[] bytes) {
    throw new UnsupportedOperationException("not yet");
  }
}
