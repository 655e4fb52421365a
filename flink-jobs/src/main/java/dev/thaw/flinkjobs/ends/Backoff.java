package dev.thaw.flinkjobs.ends;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often and after which pauses something is tried again: each pause is twice the one before.
 *
 * @param retries after the first try, at least 0
 * @param firstPause before the first retry
 */
public record Backoff(int retries, Duration firstPause) implements Serializable {
  /** About 25 seconds in all: a store that restarts is waited for, one that is gone is not. */
  public static final Backoff DEFAULT = new Backoff(8, Duration.ofMillis(100));

  public Backoff {
    if (retries < 0 || retries > 30) {
      throw new IllegalArgumentException("retries must be in [0, 30], was " + retries);
    }
    if (firstPause.isNegative()) {
      throw new IllegalArgumentException("first pause must not be negative, was " + firstPause);
    }
  }

  /** The pause before a retry, the first having number 0. */
  public Duration pause(int retry) {
    return firstPause.multipliedBy(1L << retry);
  }
}
