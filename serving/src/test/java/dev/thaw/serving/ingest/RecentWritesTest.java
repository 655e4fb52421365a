package dev.thaw.serving.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.online.sqlite.SqliteRecentItems;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.breaker.BreakerSettings;
import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.breaker.Dependency;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RecentWritesTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final UserId ANN = UserId.of("ann");
  private static final UserId BOB = UserId.of("bob");

  /** Appends wait in the store until they are released. */
  private static final class Hold {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);

    void awaitRelease() {
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  /** Runs when the failure of an append is named: it has ended by then, but nobody knows. */
  private final AtomicReference<Runnable> whenNamed = new AtomicReference<>(() -> {});

  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private volatile boolean away;
  private volatile @Nullable Hold hold;
  private RecentItems recents;
  private Dependency store;
  private RecentWrites writes;

  @BeforeEach
  void open() {
    recents =
        SqliteRecentItems.open(
            folder.resolve("recent.db"), RecentItems.Bounds.DEFAULT, InstantSource.fixed(NOW));
    store =
        new Dependency(
            "store",
            BreakerSettings.defaults().withOpenFor(Duration.ofMillis(1)),
            timer,
            System::nanoTime,
            metrics);
    writes = writes(store);
  }

  private RecentWrites writes(Dependency guard) {
    return new RecentWrites(cut(recents), guard, timer, Duration.ofMillis(5), metrics);
  }

  @AfterEach
  void close() {
    store.close();
    timer.shutdownNow();
    recents.close();
  }

  @Test
  void whatTheStoreTookIsThereAndNothingWaits() {
    assertThat(append(List.of(recent(ANN, "a"))).join()).isEmpty();
    assertThat(recents.of(ANN)).containsExactly(recent(ANN, "a"));
    assertThat(writes.waiting()).isZero();
  }

  @Test
  void everythingThatWaitedIsWrittenOnceTheStoreIsBackWhateverItsNumber() throws Exception {
    away = true;
    List<Recent> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<Recent> batch = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        batch.add(recent(UserId.of("u" + i), "i" + j));
      }
      all.addAll(batch);
      assertThat(append(batch).join()).map(Degradation::part).isEqualTo(Optional.of("store"));
    }
    assertThat(metrics.get("thaw.recent.items.waiting").gauge().value()).isPositive();
    away = false;
    while (writes.waiting() > 0 || recents.of(UserId.of("u29")).size() < 100) {
      Thread.sleep(2);
    }
    for (Recent each : all) {
      assertThat(recents.of(each.user())).contains(each);
    }
    assertThat(metrics.get("thaw.recent.items.lost").counter().count()).isZero();
  }

  @Test
  void whoIsForgottenBetweenAFailureAndItsAnswerIsGone() throws Exception {
    away = true;
    whenNamed.set(() -> forgetAndDelete(ANN).join());
    append(List.of(recent(ANN, "a"), recent(BOB, "b"))).join();
    away = false;
    while (recents.of(BOB).isEmpty()) {
      Thread.sleep(2);
    }
    assertThat(recents.of(ANN)).isEmpty();
  }

  @Test
  void whoIsForgottenWhileTheLogTakesTheirEventsIsRememberedNowhere() {
    RecentWrites.Write write = writes.open(List.of(recent(ANN, "a"), recent(BOB, "b")));
    assertThat(forgetAndDelete(ANN)).isDone();
    List<Recent> here = new ArrayList<>();
    assertThat(writes.append(write, here::add).join()).isEmpty();
    assertThat(here).containsExactly(recent(BOB, "b"));
    assertThat(recents.of(ANN)).isEmpty();
    assertThat(recents.of(BOB)).containsExactly(recent(BOB, "b"));
  }

  @Test
  void whatTheLogRefusedIsDroppedAndHoldsNobodyUp() {
    RecentWrites.Write write = writes.open(List.of(recent(ANN, "a")));
    writes.drop(write);
    assertThat(forgetAndDelete(ANN)).isDone();
    assertThat(writes.append(write, each -> {}).join()).isEmpty();
    assertThat(recents.of(ANN)).isEmpty();
  }

  @Test
  void whoIsForgottenIsNotWrittenAnyMore() throws Exception {
    away = true;
    append(List.of(recent(ANN, "a"), recent(BOB, "b"))).join();
    writes.forget(ANN);
    away = false;
    while (recents.of(BOB).isEmpty()) {
      Thread.sleep(2);
    }
    assertThat(recents.of(ANN)).isEmpty();
  }

  @Test
  void whoIsForgottenDuringARetryIsGone() throws Exception {
    away = true;
    append(List.of(recent(ANN, "a"), recent(BOB, "b"))).join();
    hold = new Hold();
    away = false;
    hold.begun.await();
    CompletableFuture<Void> gone = forgetAndDelete(ANN);
    hold.release.countDown();
    hold.ended.await();
    gone.join();
    assertThat(recents.of(BOB)).containsExactly(recent(BOB, "b"));
    assertThat(recents.of(ANN)).isEmpty();
  }

  @Test
  void whoIsForgottenDuringAFirstWriteThatIsGivenUpIsGone() throws Exception {
    Hold first = hold = new Hold();
    var given = append(List.of(recent(ANN, "a"), recent(BOB, "b")));
    first.begun.await();
    Hold again = hold = new Hold();
    CompletableFuture<Void> gone = forgetAndDelete(ANN);
    assertThat(given.join()).map(Degradation::reason).isEqualTo(Optional.of("timeout"));
    again.begun.await();
    again.release.countDown();
    first.release.countDown();
    first.ended.await();
    again.ended.await();
    gone.join();
    assertThat(recents.of(BOB)).containsExactly(recent(BOB, "b"));
    assertThat(recents.of(ANN)).isEmpty();
  }

  @Test
  void whoIsForgottenBeforeTheWriteBeginsIsNotWritten() throws Exception {
    try (Dependency oneByOne =
        new Dependency(
            "store",
            BreakerSettings.defaults().withThreads(1),
            timer,
            System::nanoTime,
            new SimpleMeterRegistry())) {
      writes = writes(oneByOne);
      Hold first = hold = new Hold();
      append(List.of(recent(BOB, "b")));
      first.begun.await();
      Hold second = hold = new Hold();
      append(List.of(recent(ANN, "a"), recent(BOB, "c")));
      assertThat(forgetAndDelete(ANN)).isDone();
      second.release.countDown();
      first.release.countDown();
      second.ended.await();
      assertThat(recents.of(ANN)).isEmpty();
    }
  }

  @Test
  void forgettingDoesNotWaitForTheWritesOfOthers() throws Exception {
    Hold first = hold = new Hold();
    append(List.of(recent(BOB, "b")));
    first.begun.await();
    assertThat(forgetAndDelete(ANN)).isDone();
    first.release.countDown();
  }

  private CompletableFuture<Optional<Degradation>> append(List<Recent> batch) {
    return writes.append(writes.open(batch), each -> {});
  }

  private CompletableFuture<Void> forgetAndDelete(UserId user) {
    return writes.forget(user).thenRun(() -> recents.delete(user));
  }

  private static Recent recent(UserId user, String item) {
    return new Recent(user, ItemId.of(item), NOW.minusSeconds(1), true);
  }

  private RecentItems cut(RecentItems whole) {
    return new RecentItems() {
      @Override
      public void append(List<Recent> batch) {
        if (away) {
          throw new IllegalStateException("away") {
            @Override
            public String toString() {
              whenNamed.getAndSet(() -> {}).run();
              return super.toString();
            }
          };
        }
        Hold held = hold;
        if (held != null) {
          held.begun.countDown();
          held.awaitRelease();
        }
        whole.append(batch);
        if (held != null) {
          held.ended.countDown();
        }
      }

      @Override
      public List<Recent> of(UserId user) {
        return whole.of(user);
      }

      @Override
      public void delete(UserId user) {
        whole.delete(user);
      }

      @Override
      public void close() {
        whole.close();
      }
    };
  }
}
