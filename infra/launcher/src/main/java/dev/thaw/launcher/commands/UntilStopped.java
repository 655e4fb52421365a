package dev.thaw.launcher.commands;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Waits for Ctrl-C or TERM, and holds the process until what was served has been closed. */
public final class UntilStopped {
  private static final long CLOSING_MILLIS = 20_000;

  private static volatile @Nullable Thread waiting;
  private static volatile boolean stopping;

  private UntilStopped() {}

  static void await() {
    CountDownLatch stopped = new CountDownLatch(1);
    waiting = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping = true;
                  stopped.countDown();
                  awaitClosed();
                },
                "stop"));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether the process ends already. Then the thread that closes everything has to return: in
   * {@link System#exit} it would wait for the hooks, and they for it.
   */
  public static boolean isStopping() {
    return stopping;
  }

  /** For a hook: returns when a thread that was waiting has ended, at once if there is none. */
  static void awaitClosed() {
    Thread closing = waiting;
    if (closing == null) {
      return;
    }
    try {
      closing.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
