package dev.thaw.evaluation.abtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleRatioTest {
  /** Users spread as evenly as their counts allow. */
  private static SampleRatio of(List<Double> shares, int control, int treatment) {
    SampleRatio ratio = new SampleRatio(shares);
    int treated = 0;
    for (int u = 1; u <= control + treatment; u++) {
      boolean next = (long) u * treatment / (control + treatment) > treated;
      ratio.add(next ? 1 : 0);
      treated += next ? 1 : 0;
    }
    return ratio;
  }

  @Test
  void evidenceAgainstValuesByHand() {
    SampleRatio ratio = new SampleRatio(List.of(0.5, 0.5));
    ratio.add(0);
    assertThat(ratio.pValue()).isEqualTo(1);
    ratio.add(0);
    ratio.add(0);
    // 2 * 501/1001, then 2 * 502/1002
    double factor = 2 * 501 / 1001.0 * 2 * 502 / 1002.0;
    assertThat(ratio.pValue()).isCloseTo(1 / factor, within(1e-12));
    ratio.add(1);
    assertThat(ratio.pValue()).as("of the strongest so far").isCloseTo(1 / factor, within(1e-12));
  }

  @Test
  void knownCounts() {
    assertThat(of(List.of(0.5, 0.5), 5_050, 4_950).isWrong()).isFalse();
    assertThat(of(List.of(0.5, 0.5), 5_200, 4_800).isWrong()).as("4 errors off").isTrue();
    assertThat(of(List.of(0.9, 0.1), 9_010, 990).isWrong()).isFalse();
    assertThat(of(List.of(0.9, 0.1), 8_800, 1_200).isWrong()).isTrue();
    assertThat(of(List.of(0.5, 0.5), 9_000, 1_000).isWrong()).isTrue();
  }
}
