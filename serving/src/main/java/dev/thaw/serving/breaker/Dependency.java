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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing that may be down, slow or overloaded. A call runs on a bounded pool of the dependency's
 * own, is given up at its timeout (the thread may go on, its result is dropped), and feeds a
 * circuit breaker; while that is open no call is made. A call is given up when its caller's
 * patience ends, but counts as late only after {@link BreakerSettings#judgedFrom}. The future never
 * fails: it completes with the value or with the {@link Degradation}. Thread-safe.
 */
public final class Dependency implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dependency.class);

  private final String name;
  private final CircuitBreaker breaker;
  private final ThreadPoolExecutor pool;
  private final ScheduledExecutorService timer;
  private final LongSupplier nanoTime;
  private final MeterRegistry metrics;
  private final Duration judgedFrom;

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
    this.judgedFrom = settings.judgedFrom();
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

  /** Whether no call is let through, not even as a probe. */
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
    Call<T> call = new Call<>(work, timeout);
    call.start();
    return call.outcome;
  }

  /** One call on its way; its outcome and the breaker's judgement of it may come apart. */
  private final class Call<T> implements Runnable {
    final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
    private final Callable<T> work;
    private final Duration patience;
    private final long begun = nanoTime.getAsLong();
    private final AtomicBoolean judged = new AtomicBoolean();
    private volatile @Nullable ScheduledFuture<?> late;

    Call(Callable<T> work, Duration patience) {
      this.work = work;
      this.patience = patience;
    }

    void start() {
      late = timer.schedule(this::giveUp, patience.toNanos(), TimeUnit.NANOSECONDS);
      try {
        pool.execute(this);
      } catch (RejectedExecutionException full) {
        unjudged();
        outcome.complete(failed("overloaded"));
      }
    }

    @Override
    public void run() {
      if (outcome.isDone()) {
        unjudged();
        return;
      }
      T value;
      try {
        value = work.call();
      } catch (Exception e) {
        if (judge()) {
          LOG.warn("{} failed: {}", name, e.toString());
          breaker.onError(took(), TimeUnit.NANOSECONDS, e);
        }
        if (!outcome.isDone()) {
          outcome.complete(failed("error"));
        }
        return;
      }
      if (judge()) {
        breaker.onSuccess(took(), TimeUnit.NANOSECONDS);
      }
      outcome.complete(new Outcome.Value<>(value));
    }

    /** On the timer's thread; whoever waits goes on elsewhere, so that the timer stays punctual. */
    private void giveUp() {
      Duration left = judgedFrom.minus(patience);
      if (left.isNegative() || left.isZero()) {
        tooLate();
      } else if (!judged.get()) {
        late = timer.schedule(this::tooLate, left.toNanos(), TimeUnit.NANOSECONDS);
      }
      if (!outcome.isDone()) {
        outcome.completeAsync(() -> failed("timeout"));
      }
    }

    private void tooLate() {
      if (judge()) {
        breaker.onError(took(), TimeUnit.NANOSECONDS, new TimeoutException(name));
      }
    }

    /** The call was never made. */
    private void unjudged() {
      if (judge()) {
        breaker.releasePermission();
      }
    }

    private boolean judge() {
      ScheduledFuture<?> timeout = late;
      if (timeout != null) {
        timeout.cancel(false);
      }
      return judged.compareAndSet(false, true);
    }

    private long took() {
      return nanoTime.getAsLong() - begun;
    }
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
