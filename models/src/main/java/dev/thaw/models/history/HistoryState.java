package dev.thaw.models.history;

/** What a {@link HistoryFold} remembers of one user in one domain. Mutable; one thread. */
public final class HistoryState {
  /** Newest interaction, epoch milliseconds. */
  public long frontier() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Number of distinct items ever interacted with. */
  public long interactions() {
    throw new UnsupportedOperationException("not yet");
  }

  public History history() {
    throw new UnsupportedOperationException("not yet");
  }

  public HistoryState copy() {
    throw new UnsupportedOperationException("not yet");
  }

  public byte[] toBytes() {
    throw new UnsupportedOperationException("not yet");
  }

  public static HistoryState fromBytes(byte[] bytes) {
    throw new UnsupportedOperationException("not yet");
  }
}
