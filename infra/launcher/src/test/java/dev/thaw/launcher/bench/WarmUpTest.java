package dev.thaw.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void endsWhenTheCompilerIsQuietOrItHasTakenLongEnough() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    WarmUp.Taken taken =
        WarmUp.of(
            () -> {
              Thread.sleep(20);
              return turns.incrementAndGet() * 10;
            });
    assertThat(taken.compiling() <= 0.05 || turns.get() == 20).isTrue();
    assertThat(turns.get()).isBetween(1, 20);
    assertThat(taken.firstPerSecond()).isEqualTo(10);
    assertThat(taken.seconds()).isGreaterThanOrEqualTo(0.02 * turns.get());
  }

  @Test
  void aTurnThatFailsFailsTheWarmUp() {
    assertThatThrownBy(
            () ->
                WarmUp.of(
                    () -> {
                      throw new IllegalStateException("no answer");
                    }))
        .hasMessage("no answer");
  }
}
