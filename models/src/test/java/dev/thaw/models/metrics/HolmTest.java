package dev.thaw.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void theSmallestIsTimedByAllAndNoLargerOneFallsBelowIt() {
    // 0.01 x 4, 0.02 x 3, 0.03 x 2, and 0.04 x 1 raised to the one before
    assertThat(Holm.adjusted(0.04, 0.01, 0.03, 0.02))
        .containsExactly(new double[] {0.06, 0.04, 0.06, 0.06}, within(1e-12));
  }

  @Test
  void nothingExceedsOne() {
    assertThat(Holm.adjusted(0.9, 0.6)).containsExactly(1, 1);
    assertThat(Holm.adjusted()).isEmpty();
  }

  @Test
  void ofTrueHypothesesAnyIsRejectedInAboutOneOfTwentyRuns() {
    SplittableRandom random = new SplittableRandom(5);
    int runs = 4_000;
    long wrong =
        IntStream.range(0, runs)
            .filter(run -> rejectsAny(Holm.adjusted(random.doubles(10).toArray())))
            .count();
    assertThat((double) wrong / runs).isBetween(0.035, 0.06);
  }

  private static boolean rejectsAny(double[] adjusted) {
    return Arrays.stream(adjusted).anyMatch(p -> p <= 0.05);
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(() -> Holm.adjusted(0.5, 1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> Holm.adjusted(Double.NaN)).hasMessageContaining("NaN");
  }
}
