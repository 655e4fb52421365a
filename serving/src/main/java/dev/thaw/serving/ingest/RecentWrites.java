package dev.thaw.serving.ingest;

import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.breaker.Dependency;
import dev.thaw.serving.breaker.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Appends to the recent items that all servers share. What the store didn't take in time is tried
 * again until it does, so that the other servers know of it as soon as the store is back; appending
 * twice changes nothing. Bounded, the oldest are given up first and counted. Thread-safe.
 */
public final class RecentWrites {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int BATCH = 1_000;
  private static final int WAITING = 200_000;

  private final RecentItems recents;
  private final Dependency store;
  private final ScheduledExecutorService timer;
  private final Duration retryEvery;
  private final Counter lost;
  private final ArrayDeque<Recent> waiting = new ArrayDeque<>();
  private final Set<UserId> forgottenMeanwhile = new HashSet<>();
  private boolean retrying;

  /**
   * @param store guards {@code recents}
   * @param timer only starts retries; they run on the store's threads
   */
  public RecentWrites(
      RecentItems recents,
      Dependency store,
      ScheduledExecutorService timer,
      Duration retryEvery,
      MeterRegistry metrics) {
    this.recents = recents;
    this.store = store;
    this.timer = timer;
    this.retryEvery = retryEvery;
    this.lost = metrics.counter("thaw.recent.items.lost");
    Gauge.builder("thaw.recent.items.waiting", this, RecentWrites::waiting)
        .description("interactions that other servers don't know of yet")
        .register(metrics);
  }

  /**
   * @return completes, never later than after half a second, with why the store didn't take them,
   *     or nothing if it did; never fails
   */
  CompletableFuture<Optional<Degradation>> append(List<Recent> batch) {
    return written(batch)
        .thenApply(
            failure -> {
              if (failure.isPresent()) {
                keep(batch);
              }
              return failure;
            });
  }

  private CompletableFuture<Optional<Degradation>> written(List<Recent> batch) {
    return store
        .call(
            () -> {
              recents.append(batch);
              return batch.size();
            },
            PATIENCE)
        .thenApply(
            outcome ->
                outcome instanceof Outcome.Failed<Integer> failed
                    ? Optional.of(failed.degradation())
                    : Optional.empty());
  }

  private synchronized void keep(List<Recent> batch) {
    waiting.addAll(batch);
    while (waiting.size() > WAITING) {
      waiting.removeFirst();
      lost.increment();
    }
    scheduleRetry();
  }

  private void scheduleRetry() {
    if (retrying || waiting.isEmpty()) {
      return;
    }
    try {
      timer.schedule(this::retry, retryEvery.toNanos(), TimeUnit.NANOSECONDS);
      retrying = true;
    } catch (RejectedExecutionException closed) {
      lost.increment(waiting.size());
      waiting.clear();
    }
  }

  private void retry() {
    List<Recent> batch = new ArrayList<>();
    synchronized (this) {
      while (batch.size() < BATCH && !waiting.isEmpty()) {
        batch.add(waiting.removeFirst());
      }
      forgottenMeanwhile.clear();
    }
    if (batch.isEmpty()) {
      retried(batch, false);
    } else {
      written(batch).thenAccept(failure -> retried(batch, failure.isPresent()));
    }
  }

  private void retried(List<Recent> batch, boolean failed) {
    boolean more;
    synchronized (this) {
      if (failed) {
        for (int i = batch.size() - 1; i >= 0; i--) {
          if (!forgottenMeanwhile.contains(batch.get(i).user())) {
            waiting.addFirst(batch.get(i));
          }
        }
      }
      more = !failed && !waiting.isEmpty();
      if (!more) {
        retrying = false;
        scheduleRetry();
      }
    }
    if (more) {
      retry();
    }
  }

  /** What waits of a user is not written any more. */
  synchronized void forget(UserId user) {
    waiting.removeIf(each -> each.user().equals(user));
    forgottenMeanwhile.add(user);
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
