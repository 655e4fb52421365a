package dev.thaw.serving;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Monotonic time that passes only when it is told to. */
public final class Ticker implements LongSupplier {
  private final AtomicLong nanos = new AtomicLong();

  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long getAsLong() {
    return nanos.get();
  }
}
