package dev.thaw.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimedTest {
  private static final int BYTES = 64_000_000;

  @Test
  void oneTurnWarmsUpAndTheLastOneIsWhatIsKept() {
    AtomicInteger turns = new AtomicInteger();
    Timed<Integer> timed = Timed.of(3, turns::incrementAndGet);
    assertThat(timed.result()).isEqualTo(4);
    assertThat(Timed.once(1, turns::incrementAndGet).result()).isEqualTo(5);
  }

  @Test
  void whatTheResultHoldsIsKeptAndWhatItThrewAwayCountsAtTheMost() {
    Timed<byte[]> timed =
        Timed.once(
            1,
            () -> {
              byte[] kept = new byte[BYTES];
              byte[] thrownAway = new byte[BYTES];
              kept[0] = thrownAway[1];
              return kept;
            });
    assertThat(timed.keptBytes()).isBetween(BYTES / 2L, 3L * BYTES / 2);
    assertThat(timed.peakBytes()).isGreaterThan(3L * BYTES / 2);
  }

  @Test
  void aFigureSaysRatingsASecondOfEachCore() {
    Figure figure = new Timed<>("model", 2, 4, 5_000_000, 3_000_000).figure("training", 800);
    assertThat(figure.value()).isEqualTo(2);
    assertThat(figure.quality())
        .containsEntry("ratings/s a core", 200.0)
        .containsEntry("heap MB at most", 5.0)
        .containsEntry("kept MB", 3.0);
  }
}
