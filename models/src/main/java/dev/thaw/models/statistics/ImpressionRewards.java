package dev.thaw.models.statistics;

/** One request's impression and its rewards so far. Mutable; belongs to one thread. */
public final class ImpressionRewards {
  public ImpressionRewards copy() {
    throw new UnsupportedOperationException("not yet");
  }

  public byte[] toBytes() {
    throw new UnsupportedOperationException("not yet");
  }

  public static ImpressionRewards fromBytes(byte[] bytes) {
    throw new UnsupportedOperationException("not yet");
  }
}
