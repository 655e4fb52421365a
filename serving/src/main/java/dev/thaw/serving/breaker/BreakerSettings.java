package dev.thaw.serving.breaker;

import java.time.Duration;

/**
 * @param threads calls that may run at once
 * @param queue calls that may wait for a thread; more are refused as overloaded
 * @param window calls over which the failure rate is taken
 * @param minimumCalls before the rate counts
 * @param maxFailureRate share in (0, 1] of failed or late calls at which the breaker opens
 * @param openFor how long it stays open before it probes
 * @param probes calls let through half-open
 * @param judgedFrom a call with less patience is judged by what became of it after this long all
 *     the same, so that one caller's short deadline says nothing of the dependency
 */
public record BreakerSettings(
    int threads,
    int queue,
    int window,
    int minimumCalls,
    double maxFailureRate,
    Duration openFor,
    int probes,
    Duration judgedFrom) {
  public BreakerSettings {
    if (threads < 1 || queue < 1 || window < 1 || minimumCalls < 1 || probes < 1) {
      throw new IllegalArgumentException(
          "threads, queue, window, minimumCalls and probes must be at least 1, were "
              + threads
              + ", "
              + queue
              + ", "
              + window
              + ", "
              + minimumCalls
              + ", "
              + probes);
    }
    if (judgedFrom.isNegative()) {
      throw new IllegalArgumentException("judgedFrom must not be negative, was " + judgedFrom);
    }
    if (!(maxFailureRate > 0 && maxFailureRate <= 1)) {
      throw new IllegalArgumentException("maxFailureRate must be in (0, 1], was " + maxFailureRate);
    }
  }

  public static BreakerSettings defaults() {
    return new BreakerSettings(
        8, 512, 50, 10, 0.5, Duration.ofSeconds(2), 3, Duration.ofMillis(50));
  }

  public BreakerSettings withOpenFor(Duration duration) {
    return new BreakerSettings(
        threads, queue, window, minimumCalls, maxFailureRate, duration, probes, judgedFrom);
  }

  public BreakerSettings withThreads(int count) {
    return new BreakerSettings(
        count, queue, window, minimumCalls, maxFailureRate, openFor, probes, judgedFrom);
  }
}
