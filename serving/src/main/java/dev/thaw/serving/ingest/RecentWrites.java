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
import java.util.function.Consumer;

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
  private final Set<Write> underway = new HashSet<>();
  private boolean retrying;

  /**
   * A batch on its way to the store, which may take it long after patience has ended. Counts as
   * under way until it is known how it ended and the store has let go of it: who is forgotten
   * meanwhile is neither written nor kept for another try.
   */
  static final class Write {
    private final List<Recent> batch;
    private final Set<UserId> forgotten = new HashSet<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private boolean inStore;
    private boolean answered;

    private Write(List<Recent> batch) {
      this.batch = List.copyOf(batch);
    }

    private boolean holds(UserId user) {
      return batch.stream().anyMatch(each -> each.user().equals(user));
    }

    private List<Recent> remembered() {
      return batch.stream().filter(each -> !forgotten.contains(each.user())).toList();
    }
  }

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
   * Announces what is about to be written, so that whoever is forgotten from now on is left out. To
   * be followed by {@link #append} or {@link #drop}.
   */
  synchronized Write open(List<Recent> batch) {
    Write write = new Write(batch);
    underway.add(write);
    return write;
  }

  /** What was announced is not to be written after all. */
  synchronized void drop(Write write) {
    answered(write);
  }

  /**
   * @param here takes what is written, before anyone else can be forgotten
   * @return completes, never later than after half a second, with why the store didn't take them,
   *     or nothing if it did; never fails
   */
  CompletableFuture<Optional<Degradation>> append(Write write, Consumer<Recent> here) {
    synchronized (this) {
      write.remembered().forEach(here);
    }
    return written(write)
        .thenApply(
            failure -> {
              if (failure.isPresent()) {
                keep(write);
              } else {
                drop(write);
              }
              return failure;
            });
  }

  private CompletableFuture<Optional<Degradation>> written(Write write) {
    return store
        .call(
            () -> {
              List<Recent> batch = begin(write);
              try {
                if (!batch.isEmpty()) {
                  recents.append(batch);
                }
              } finally {
                end(write);
              }
              return batch.size();
            },
            PATIENCE)
        .thenApply(
            outcome ->
                outcome instanceof Outcome.Failed<Integer> failed
                    ? Optional.of(failed.degradation())
                    : Optional.empty());
  }

  /** What is to be written; nothing if the write was given up before. */
  private synchronized List<Recent> begin(Write write) {
    write.inStore = !write.answered;
    return write.inStore ? write.remembered() : List.of();
  }

  private void end(Write write) {
    synchronized (this) {
      write.inStore = false;
      if (write.answered) {
        underway.remove(write);
      }
    }
    write.over.complete(null);
  }

  /** One that is in the store goes on there all the same. */
  private void answered(Write write) {
    write.answered = true;
    if (!write.inStore) {
      underway.remove(write);
    }
  }

  private synchronized void keep(Write write) {
    answered(write);
    waiting.addAll(write.remembered());
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
    Write write;
    synchronized (this) {
      if (waiting.isEmpty()) {
        retrying = false;
        return;
      }
      List<Recent> batch = new ArrayList<>();
      while (batch.size() < BATCH && !waiting.isEmpty()) {
        batch.add(waiting.removeFirst());
      }
      write = open(batch);
    }
    written(write).thenAccept(failure -> retried(write, failure.isPresent()));
  }

  private void retried(Write write, boolean failed) {
    boolean more;
    synchronized (this) {
      answered(write);
      if (failed) {
        List<Recent> batch = write.remembered();
        for (int i = batch.size() - 1; i >= 0; i--) {
          waiting.addFirst(batch.get(i));
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

  /**
   * What waits of a user is not written any more.
   *
   * @return completes when no write that holds the user is under way in the store either: what is
   *     deleted then stays deleted
   */
  synchronized CompletableFuture<Void> forget(UserId user) {
    waiting.removeIf(each -> each.user().equals(user));
    List<CompletableFuture<Void>> inStore = new ArrayList<>();
    for (Write each : underway) {
      if (each.holds(user)) {
        each.forgotten.add(user);
        if (each.inStore) {
          inStore.add(each.over);
        }
      }
    }
    return CompletableFuture.allOf(inStore.toArray(CompletableFuture[]::new));
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
