package dev.thaw.serving.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing that may be down, slow or overloaded. A call runs on a bounded pool of the dependency's
 * own, is given up at its timeout (the thread may go on, its result is dropped), and feeds a
 * circuit breaker; while that is open no call is made. The future never fails: it completes with
 * the value or with the {@link Degradation}. Thread-safe.
 */
public final class Dependency implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dependency.class);

  private final String name;
  private final CircuitBreaker breaker;
  private final ThreadPoolExecutor pool;
  private final ScheduledExecutorService timer;
  private final LongSupplier nanoTime;
  private final MeterRegistry metrics;

  /**
   * @param timer fires timeouts; not closed with this
   * @param nanoTime monotonic, decides when an open breaker probes
   */
  public Dependency(
      String name,
      BreakerSettings settings,
      ScheduledExecutorService timer,
      LongSupplier nanoTime,
      MeterRegistry metrics) {
    this.name = name;
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    CircuitBreakerRegistry registry =
        CircuitBreakerRegistry.of(
            CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.minimumCalls())
                .failureRateThreshold((float) (100 * settings.maxFailureRate()))
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .ignoreExceptions(IllegalArgumentException.class)
                .clock(new MonotonicClock(nanoTime))
                .build());
    this.breaker = registry.circuitBreaker(name);
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(metrics);
    AtomicInteger numbers = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(settings.queue()),
            task -> {
              Thread thread = new Thread(task, name + "-" + numbers.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  public String name() {
    return name;
  }

  /** Whether calls are let through, at least as probes. */
  public boolean isOpen() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  public <T> CompletableFuture<Outcome<T>> call(Callable<T> work, Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      return CompletableFuture.completedFuture(failed("timeout"));
    }
    if (!breaker.tryAcquirePermission()) {
      return CompletableFuture.completedFuture(failed("open"));
    }
    CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
    long start = nanoTime.getAsLong();
    ScheduledFuture<?> late =
        timer.schedule(() -> giveUp(outcome, start), timeout.toNanos(), TimeUnit.NANOSECONDS);
    try {
      pool.execute(() -> run(work, outcome, start, late));
    } catch (RejectedExecutionException full) {
      late.cancel(false);
      breaker.releasePermission();
      outcome.complete(failed("overloaded"));
    }
    return outcome;
  }

  private <T> void run(
      Callable<T> work,
      CompletableFuture<Outcome<T>> outcome,
      long start,
      ScheduledFuture<?> late) {
    if (outcome.isDone()) {
      return;
    }
    Outcome<T> result;
    try {
      result = new Outcome.Value<>(work.call());
    } catch (Exception e) {
      if (late.cancel(false) || !outcome.isDone()) {
        LOG.warn("{} failed: {}", name, e.toString());
        breaker.onError(nanoTime.getAsLong() - start, TimeUnit.NANOSECONDS, e);
      }
      outcome.complete(failed("error"));
      return;
    }
    if (late.cancel(false)) {
      breaker.onSuccess(nanoTime.getAsLong() - start, TimeUnit.NANOSECONDS);
      outcome.complete(result);
    }
  }

  /** On the timer's thread; whoever waits goes on elsewhere, so that the timer stays punctual. */
  private <T> void giveUp(CompletableFuture<Outcome<T>> outcome, long start) {
    breaker.onError(
        nanoTime.getAsLong() - start,
        TimeUnit.NANOSECONDS,
        new java.util.concurrent.TimeoutException(name));
    outcome.completeAsync(() -> failed("timeout"));
  }

  private <T> Outcome<T> failed(String reason) {
    metrics.counter("thaw.degraded", "part", name, "reason", reason).increment();
    return new Outcome.Failed<>(new Degradation(name, reason));
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
