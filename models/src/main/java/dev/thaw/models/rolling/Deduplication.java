package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.vocabulary.EventId;
import java.time.Duration;

/** Drops events whose id was seen before, and those too old to tell. */
public final class Deduplication {
  /** What to do with an event. */
  public enum Verdict {
    /** Use it. */
    FIRST,
    /** Drop it. */
    DUPLICATE,
    /** Older than what is remembered: to the late output. */
    LATE
  }

  /**
   * @param lateness how far behind the watermark an event is still accepted; so long ids are kept
   * @param maxIds most ids kept of one key
   */
  public Deduplication(Duration lateness, int maxIds) {
    throw new UnsupportedOperationException("not yet");
  }

  public SeenEvents empty() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Judges an event and remembers its id. Times in epoch milliseconds. */
  public Verdict judge(SeenEvents seen, EventId id, long eventTime, long watermark) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Forgets ids that no accepted event can have any more. */
  public void advanceTo(SeenEvents seen, long watermark) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The watermark at which ids can be forgotten next; {@code Long.MAX_VALUE}: nothing is kept. */
  public long nextExpiry(SeenEvents seen) {
    throw new UnsupportedOperationException("not yet");
  }

  public boolean isEmpty(SeenEvents seen) {
    throw new UnsupportedOperationException("not yet");
  }
}
