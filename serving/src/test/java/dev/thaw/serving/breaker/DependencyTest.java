package dev.thaw.serving.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.serving.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DependencyTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Ticker ticker = new Ticker();
  private final BreakerSettings settings =
      new BreakerSettings(1, 1, 4, 4, 0.5, Duration.ofMillis(50), 1, Duration.ZERO);
  private final Dependency store =
      new Dependency("feature-store", settings, timer, ticker, new SimpleMeterRegistry());

  @AfterEach
  void close() {
    store.close();
    timer.shutdownNow();
  }

  @Test
  void givesTheValue() {
    assertThat(outcome(() -> 7, LONG)).isEqualTo(new Outcome.Value<>(7));
  }

  @Test
  void namesAnError() {
    assertThat(outcome(DependencyTest::fail, LONG)).isEqualTo(failed("error"));
  }

  @Test
  void givesUpAtTheTimeoutWhileTheCallGoesOn() {
    CountDownLatch release = new CountDownLatch(1);
    assertThat(
            outcome(
                () -> {
                  release.await();
                  return 1;
                },
                Duration.ofMillis(20)))
        .isEqualTo(failed("timeout"));
    release.countDown();
  }

  @Test
  void aPassedDeadlineMakesNoCall() {
    AtomicInteger calls = new AtomicInteger();
    assertThat(outcome(calls::incrementAndGet, Duration.ZERO)).isEqualTo(failed("timeout"));
    assertThat(calls).hasValue(0);
  }

  @Test
  void refusesWhatFindsNoRoom() {
    CountDownLatch release = new CountDownLatch(1);
    var running =
        store.call(
            () -> {
              release.await();
              return 1;
            },
            LONG);
    var waiting = store.call(() -> 2, LONG);
    assertThat(outcome(() -> 3, LONG)).isEqualTo(failed("overloaded"));
    release.countDown();
    assertThat(running.join()).isEqualTo(new Outcome.Value<>(1));
    assertThat(waiting.join()).isEqualTo(new Outcome.Value<>(2));
  }

  @Test
  void opensAfterFailuresAndClosesAfterAProbe() {
    for (int i = 0; i < 4; i++) {
      outcome(DependencyTest::fail, LONG);
    }
    AtomicInteger calls = new AtomicInteger();
    assertThat(store.isOpen()).isTrue();
    assertThat(outcome(calls::incrementAndGet, LONG)).isEqualTo(failed("open"));
    assertThat(calls).hasValue(0);
    ticker.advance(settings.openFor());
    assertThat(outcome(calls::incrementAndGet, LONG)).isEqualTo(failed("open"));
    ticker.advance(Duration.ofNanos(1));
    assertThat(outcome(calls::incrementAndGet, LONG)).isEqualTo(new Outcome.Value<>(1));
    assertThat(store.isOpen()).isFalse();
  }

  @Test
  void aProbeThatFailsOpensItAgain() {
    for (int i = 0; i < 4; i++) {
      outcome(DependencyTest::fail, LONG);
    }
    ticker.advance(settings.openFor().plusNanos(1));
    assertThat(outcome(DependencyTest::fail, LONG)).isEqualTo(failed("error"));
    assertThat(store.isOpen()).isTrue();
    assertThat(outcome(() -> 1, LONG)).isEqualTo(failed("open"));
  }

  @Test
  void impatientCallersSayNothingOfADependencyThatAnswersInTime() {
    BreakerSettings patient = new BreakerSettings(1, 100, 4, 4, 0.5, settings.openFor(), 1, LONG);
    try (Dependency healthy =
        new Dependency("store", patient, timer, ticker, new SimpleMeterRegistry())) {
      for (int i = 0; i < 50; i++) {
        CountDownLatch release = new CountDownLatch(1);
        assertThat(
                healthy
                    .call(
                        () -> {
                          release.await();
                          return 1;
                        },
                        Duration.ofMillis(1))
                    .join())
            .isInstanceOf(Outcome.Failed.class);
        release.countDown();
      }
      assertThat(healthy.isOpen()).isFalse();
      assertThat(healthy.call(() -> 1, LONG).join()).isEqualTo(new Outcome.Value<>(1));
    }
  }

  @Test
  void aDependencyThatHangsIsFoundOutAlsoByImpatientCallers() throws Exception {
    BreakerSettings short4 =
        new BreakerSettings(4, 4, 4, 4, 0.5, settings.openFor(), 1, Duration.ofMillis(30));
    CountDownLatch release = new CountDownLatch(1);
    try (Dependency hanging =
        new Dependency("store", short4, timer, ticker, new SimpleMeterRegistry())) {
      while (!hanging.isOpen()) { // a call that waits for a thread all its patience is not judged
        assertThat(
                hanging
                    .call(
                        () -> {
                          release.await();
                          return 1;
                        },
                        Duration.ofMillis(1))
                    .join())
            .isInstanceOf(Outcome.Failed.class);
      }
      release.countDown();
    }
  }

  private <T> Outcome<T> outcome(Callable<T> work, Duration timeout) {
    return store.call(work, timeout).join();
  }

  private static Outcome<Integer> failed(String reason) {
    return new Outcome.Failed<>(new Degradation("feature-store", reason));
  }

  private static Integer fail() throws Exception {
    throw new java.io.IOException("gone");
  }
}
