package dev.thaw.launcher.commands;

import java.util.concurrent.CountDownLatch;

/** Waits for Ctrl-C or TERM, and holds the process until its main thread has closed everything. */
final class UntilStopped {
  private static final long CLOSING_MILLIS = 20_000;

  private UntilStopped() {}

  static void await() {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopped.countDown();
                  join(main);
                },
                "stop"));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
