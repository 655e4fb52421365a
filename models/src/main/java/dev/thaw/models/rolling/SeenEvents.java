package dev.thaw.models.rolling;

/** Event ids of one key that {@link Deduplication} remembers. Mutable; belongs to one thread. */
public final class SeenEvents {
  public SeenEvents copy() {
    throw new UnsupportedOperationException("not yet");
  }

  public byte[] toBytes() {
    throw new UnsupportedOperationException("not yet");
  }

  public static SeenEvents fromBytes(byte[] bytes) {
    throw new UnsupportedOperationException("not yet");
  }
}
