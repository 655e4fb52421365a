package dev.thaw.flinkjobs.keyed;

import java.time.Duration;

/**
 * When state is forgotten that nobody asked for any more. The time is rounded up to an eighth of
 * the time to live, so that a key that goes on and on sets a handful of timers and not one a
 * record.
 */
public final class Expiry {
  private static final int PARTS = 8;

  private Expiry() {}

  /**
   * @param newest time of the newest record, epoch milliseconds
   * @return when to look whether the state has expired, epoch milliseconds; never too early
   */
  public static long check(long newest, Duration timeToLive) {
    return roundUp(newest + timeToLive.toMillis(), timeToLive);
  }

  /** Whether a state whose newest record is this old is to be forgotten. */
  public static boolean isDue(long newest, Duration timeToLive, long watermark) {
    long millis = timeToLive.toMillis();
    return watermark > Long.MIN_VALUE + millis && newest <= watermark - millis;
  }

  /** Rounds a time up to an eighth of the time to live. */
  public static long roundUp(long time, Duration timeToLive) {
    long step = Math.max(1, timeToLive.toMillis() / PARTS);
    return -Math.floorDiv(-time, step) * step;
  }
}
