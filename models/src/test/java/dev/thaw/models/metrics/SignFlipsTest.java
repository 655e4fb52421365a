package dev.thaw.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignFlipsTest {
  private static double p(double... gains) {
    return SignFlips.pValue(gains, 20_000, new SplittableRandom(5));
  }

  /** Six of forty gain, none loses: all six signs must be as they are, 1 in 64. */
  @Test
  void whereAFewGainAndTheOthersTieItIsExactAndTheBootstrapIsNot() {
    double[] gains = new double[40];
    Arrays.fill(gains, 0, 6, 0.3);
    assertThat(p(gains)).isCloseTo(1 / 64.0, offset(0.003));
    assertThat(new Bootstrap(20_000, 0.95).pValueAbove(gains, 0, new SplittableRandom(5)))
        .isLessThan(0.005);
  }

  @Test
  void lossesAndTiesProveNothing() {
    assertThat(p(-1, -2, -3)).isEqualTo(1);
    assertThat(p(0, 0, 0)).isEqualTo(1);
    assertThat(p()).isEqualTo(1);
    assertThat(p(1, -1, 2, -2)).isBetween(0.4, 0.7);
    assertThatThrownBy(() -> SignFlips.pValue(new double[1], 0, new SplittableRandom(1)))
        .hasMessageContaining("were 0");
  }

  /** All 100 users gain: no sign that is drawn makes the sum as large. */
  @Test
  void signsBeyondTheFirstWordAreDrawnToo() {
    double[] gains = new double[100];
    Arrays.fill(gains, 64, 100, 1);
    assertThat(p(gains)).isLessThan(0.001);
  }
}
