package dev.thaw.serving.breaker;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock whose instants only differ rightly: it counts nanoseconds from 1970 on, wherever those
 * began, and no step of the machine's wall clock moves it.
 */
final class MonotonicClock extends Clock {
  private final LongSupplier nanoTime;

  MonotonicClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, nanoTime.getAsLong());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
