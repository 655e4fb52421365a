package dev.thaw.launcher.chaos;

import java.util.List;

/** Threads that were told to end. */
final class Threads {
  private Threads() {}

  /** Waits until they have. */
  static void join(List<Thread> threads) {
    try {
      for (Thread each : threads) {
        each.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while threads ended", e);
    }
  }
}
