package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.serving.api.DependencyAway;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.breaker.Outcome;
import dev.thaw.serving.metrics.CallTimers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Answers requests by one batched read each, on threads of the store's own. Thread-safe. */
final class OnlineFeatures {
  private final Supplier<Served> served;
  private final Dependency dependency;
  private final FeatureLimits limits;
  private final InstantSource clock;
  private final CallTimers timers;
  private final Counter found;
  private final Counter absent;

  OnlineFeatures(
      Supplier<Served> served,
      Dependency dependency,
      FeatureLimits limits,
      InstantSource clock,
      MeterRegistry metrics) {
    this.served = served;
    this.dependency = dependency;
    this.limits = limits;
    this.clock = clock;
    this.timers = new CallTimers(metrics);
    this.found = metrics.counter("thaw.feature.rows.read", "outcome", "found");
    this.absent = metrics.counter("thaw.feature.rows.read", "outcome", "absent");
  }

  /** A request and how its answer is to call the features. */
  record Asked(FeatureRequest request, AnswerNames names) {}

  /**
   * @param method as the metrics are to call it
   * @param asked makes the request from what was sent
   * @param patience how long the caller waits
   * @return fails by {@link dev.thaw.serving.api.CallerFault} or {@link DependencyAway}
   */
  CompletableFuture<FeatureAnswer> get(String method, Supplier<Asked> asked, Duration patience) {
    return timers.timed(
        method,
        () -> {
          Asked what = asked.get();
          Served now = served.get();
          ReadPlan plan = ReadPlan.of(what.request(), now.known(), what.names(), limits);
          return dependency
              .call(() -> now.store().read(plan.reads()), patience)
              .thenApply(outcome -> plan.answer(counted(rows(outcome)), clock.instant()));
        });
  }

  private static List<Optional<FeatureRow>> rows(Outcome<List<Optional<FeatureRow>>> outcome) {
    return outcome.orElse(
        List.of(),
        degradation -> {
          throw new DependencyAway(degradation);
        });
  }

  private List<Optional<FeatureRow>> counted(List<Optional<FeatureRow>> rows) {
    long present = rows.stream().filter(Optional::isPresent).count();
    found.increment(present);
    absent.increment(rows.size() - present);
    return rows;
  }
}
