package dev.thaw.serving;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What is wrong with a dependency at the moment. */
final class Trouble {
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean broken;
  private volatile CountDownLatch hanging = new CountDownLatch(0);
  private volatile CountDownLatch called = new CountDownLatch(0);

  void breakDown() {
    broken = true;
  }

  void hang() {
    called = new CountDownLatch(1);
    hanging = new CountDownLatch(1);
  }

  void recover() {
    broken = false;
    hanging.countDown();
  }

  /** Waits until a call hangs. */
  void awaitCaller() throws InterruptedException {
    called.await();
  }

  /** Calls until now. */
  int calls() {
    return calls.get();
  }

  void pass(Supplier<RuntimeException> failure) {
    calls.incrementAndGet();
    called.countDown();
    try {
      hanging.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (broken) {
      throw failure.get();
    }
  }
}
