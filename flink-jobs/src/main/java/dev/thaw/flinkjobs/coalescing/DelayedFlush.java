package dev.thaw.flinkjobs.coalescing;

import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * Flushes a fixed time after the first request since the last delayed flush, in processing time and
 * on the task's own thread. What comes of a history waits longer: nobody looks for it within
 * milliseconds, and its keys change many times a second. Flushes for other reasons don't cancel it:
 * flushing nothing is cheap.
 */
public final class DelayedFlush {
  /** What changed longer ago than this is of a history. */
  static final Duration HISTORY = Duration.ofMinutes(1);

  /** How long that waits, where the delay isn't longer anyway. */
  static final Duration HISTORY_DELAY = Duration.ofSeconds(1);

  private static final long NEVER = Long.MAX_VALUE;

  private final ProcessingTimeService clock;
  private final long delayMillis;
  private final Flush flush;
  private long due = NEVER;

  /** Writes out what has gathered. */
  @FunctionalInterface
  public interface Flush {
    void run() throws Exception;
  }

  public DelayedFlush(ProcessingTimeService clock, long delayMillis, Flush flush) {
    this.clock = clock;
    this.delayMillis = delayMillis;
    this.flush = flush;
  }

  /** Something is waiting. */
  public void request() {
    requestIn(delayMillis);
  }

  /**
   * Something is waiting that changed at this event time.
   *
   * @param time epoch milliseconds
   */
  public void requestFor(long time) {
    boolean history = time < clock.getCurrentProcessingTime() - HISTORY.toMillis();
    requestIn(history ? Math.max(delayMillis, HISTORY_DELAY.toMillis()) : delayMillis);
  }

  private void requestIn(long millis) {
    long at = clock.getCurrentProcessingTime() + millis;
    if (at >= due) {
      return;
    }
    due = at;
    var unused = clock.registerTimer(at, time -> flushIfDue(at));
  }

  /** Not if an earlier request has taken its place since. */
  private void flushIfDue(long at) throws Exception {
    if (due == at) {
      due = NEVER;
      flush.run();
    }
  }
}
