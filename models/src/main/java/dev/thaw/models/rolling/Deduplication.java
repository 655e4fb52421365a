package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.models.binary.Hash64;
import java.time.Duration;

/**
 * Drops events whose id was seen before, and those too old to tell. No event is ever used twice: an
 * id is remembered as long as an event with it could still be accepted, and when a key's bound is
 * reached the oldest ids go and whatever is as old as they were counts as late from then on.
 *
 * <p>Ids are kept as 64-bit hashes in stretches of event time, each at most a quarter of the
 * lateness, so that they can be forgotten a stretch at a time: memory is at most {@code maxIds}
 * times 8 to 22 bytes a key, and an id is gone after at most 5/4 of the lateness. O(stretches),
 * about a dozen, an event. Immutable and thread-safe.
 */
public final class Deduplication {
  private static final int STRETCHES = 8;

  /** What to do with an event. */
  public enum Verdict {
    /** Use it. */
    FIRST,
    /** Drop it. */
    DUPLICATE,
    /** Older than what is remembered: to the late output. */
    LATE
  }

  private final long lateness;
  private final long longestStretch;
  private final int maxIds;

  /**
   * @param lateness how far behind the watermark an event is still accepted; so long ids are kept
   * @param maxIds most ids kept of one key, at least 16
   */
  public Deduplication(Duration lateness, int maxIds) {
    if (lateness.toMillis() < 1) {
      throw new IllegalArgumentException("lateness must be at least 1 ms, was " + lateness);
    }
    if (maxIds < 16) {
      throw new IllegalArgumentException("maxIds must be >= 16, was " + maxIds);
    }
    this.lateness = lateness.toMillis();
    this.longestStretch = Math.max(1, this.lateness / 4);
    this.maxIds = maxIds;
  }

  public SeenEvents empty() {
    return new SeenEvents();
  }

  /**
   * Judges an event and remembers its id. Times in epoch milliseconds.
   *
   * @param watermark of the job; {@code Long.MIN_VALUE} before the first
   */
  public Verdict judge(SeenEvents seen, EventId id, long eventTime, long watermark) {
    if (eventTime <= tooOld(watermark)) {
      return Verdict.LATE;
    }
    long hash = Hash64.of(id.value());
    if (seen.contains(hash)) {
      return Verdict.DUPLICATE;
    }
    if (eventTime <= seen.floor) {
      return Verdict.LATE;
    }
    stretchFor(seen, eventTime).add(hash);
    seen.size++;
    while (seen.size > maxIds) {
      seen.floor = Math.max(seen.floor, seen.stretches.getFirst().last);
      seen.dropOldest();
    }
    return Verdict.FIRST;
  }

  private long tooOld(long watermark) {
    return watermark < Long.MIN_VALUE + lateness ? Long.MIN_VALUE : watermark - lateness;
  }

  private IdSet stretchFor(SeenEvents seen, long time) {
    IdSet newest = seen.stretches.peekLast();
    if (newest == null || time > newest.last) {
      if (newest != null
          && newest.size() < maxIds / STRETCHES
          && time - newest.first < longestStretch) {
        newest.last = time;
        return newest;
      }
      IdSet opened = new IdSet(time, time);
      seen.stretches.addLast(opened);
      return opened;
    }
    for (IdSet stretch : seen.stretches) {
      if (time <= stretch.last) {
        return stretch;
      }
    }
    throw new IllegalStateException("no stretch up to " + newest.last + " holds " + time);
  }

  /** Forgets ids that no accepted event can have any more. */
  public void advanceTo(SeenEvents seen, long watermark) {
    while (!seen.stretches.isEmpty() && seen.stretches.getFirst().last <= tooOld(watermark)) {
      seen.dropOldest();
    }
  }

  /** The watermark at which ids can be forgotten next; {@code Long.MAX_VALUE}: nothing is kept. */
  public long nextExpiry(SeenEvents seen) {
    IdSet oldest = seen.stretches.peekFirst();
    return oldest == null ? Long.MAX_VALUE : oldest.last + lateness;
  }

  /** Whether nothing is remembered, so that the state may be dropped. */
  public boolean isEmpty(SeenEvents seen) {
    return seen.stretches.isEmpty();
  }
}
