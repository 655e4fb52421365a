package dev.thaw.serving.snapshot;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on a thread of its own, again and again with a pause between. A failure is logged and the
 * next turn comes all the same.
 */
final class Repeating implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);
  private static final long PATIENCE_SECONDS = 5;

  private final Duration pause;
  private final Runnable work;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  /** The first turn comes after the first pause. */
  Repeating(String name, Duration pause, Runnable work) {
    this.pause = pause;
    this.work = work;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("{} failed, the next turn comes in {}", Thread.currentThread().getName(), pause, e);
    }
  }

  /** Waits for a running turn to end; an interrupt would close files under its reads. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
