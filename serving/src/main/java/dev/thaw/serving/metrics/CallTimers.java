package dev.thaw.serving.metrics;

import com.linecorp.armeria.common.util.Exceptions;
import dev.thaw.serving.api.CallerFault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long each method takes, over HTTP and gRPC together, and how it ends: {@code ok}, {@code
 * refused} for the caller's faults, {@code failed} for all others. Thread-safe.
 */
public final class CallTimers {
  private record Key(String method, String outcome) {}

  private final MeterRegistry metrics;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  public CallTimers(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /** Calls, and completes as the call does; a fault thrown by it fails the future. */
  public <T> CompletableFuture<T> timed(String method, Supplier<CompletableFuture<T>> call) {
    long start = System.nanoTime();
    CompletableFuture<T> future;
    try {
      future = call.get();
    } catch (CallerFault fault) {
      future = CompletableFuture.failedFuture(fault);
    }
    return future.whenComplete(
        (answer, failure) ->
            timer(method, outcome(failure))
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
  }

  private static String outcome(@Nullable Throwable failure) {
    return failure == null
        ? "ok"
        : Exceptions.peel(failure) instanceof CallerFault ? "refused" : "failed";
  }

  private Timer timer(String method, String outcome) {
    return timers.computeIfAbsent(
        new Key(method, outcome),
        key ->
            Timer.builder("thaw.calls")
                .tag("method", key.method())
                .tag("outcome", key.outcome())
                .publishPercentileHistogram()
                .register(metrics));
  }
}
