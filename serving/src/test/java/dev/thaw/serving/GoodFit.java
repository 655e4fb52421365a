package dev.thaw.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Whether counts are those of known chances. */
final class GoodFit {
  /** Of a normal, two-sided: once in some ten thousand tests. */
  static final double Z = 4;

  private GoodFit() {}

  /** G-test; arms expected fewer than five times count together. */
  static void assertFollows(double[] chances, int[] counts) {
    int answers = Arrays.stream(counts).sum();
    double g = 0;
    int cells = 0;
    double rareExpected = 0;
    int rare = 0;
    for (int arm = 0; arm < chances.length; arm++) {
      double expected = chances[arm] * answers;
      if (expected >= 5) {
        g += term(counts[arm], expected);
        cells++;
      } else {
        rareExpected += expected;
        rare += counts[arm];
      }
    }
    if (rareExpected > 0) {
      g += term(rare, rareExpected);
      cells++;
    }
    assertThat(cells).as("arms that can tell something").isGreaterThan(8);
    assertThat(2 * g).as("G with %d degrees of freedom", cells - 1).isLessThan(critical(cells - 1));
  }

  private static double term(int observed, double expected) {
    return observed == 0 ? 0 : observed * Math.log(observed / expected);
  }

  /** Chi-square at {@link #Z}, Wilson and Hilferty 1931. */
  private static double critical(int freedom) {
    double spread = 2.0 / (9 * freedom);
    return freedom * Math.pow(1 - spread + Z * Math.sqrt(spread), 3);
  }
}
