package dev.thaw.flinkjobs.coalescing;

import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * Flushes a fixed time after the first request since the last delayed flush, in processing time and
 * on the task's own thread. Flushes for other reasons don't cancel it: flushing nothing is cheap.
 */
public final class DelayedFlush {
  private final ProcessingTimeService clock;
  private final long delayMillis;
  private final Flush flush;
  private boolean scheduled;

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
    if (scheduled) {
      return;
    }
    scheduled = true;
    var unused =
        clock.registerTimer(
            clock.getCurrentProcessingTime() + delayMillis,
            time -> {
              scheduled = false;
              flush.run();
            });
  }
}
