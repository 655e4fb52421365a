package dev.thaw.models.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.inference.GTest;

/** Counts against the chances that were written down. */
final class GoodnessOfFit {
  /** One run in ten thousand would fail by chance; seeds are fixed. */
  private static final double LEAST_P = 1e-4;

  private static final double LEAST_EXPECTED = 5;

  private GoodnessOfFit() {}

  /** G-test; arms expected fewer than five times count together. */
  static void assertFits(String what, double[] chances, long[] counts, int draws) {
    List<Double> expected = new ArrayList<>();
    List<Long> observed = new ArrayList<>();
    double rareExpected = 0;
    long rare = 0;
    for (int arm = 0; arm < chances.length; arm++) {
      double due = chances[arm] * draws;
      if (due == 0) {
        assertThat(counts[arm]).as("%s, arm %d without a chance", what, arm).isZero();
      } else if (due >= LEAST_EXPECTED) {
        expected.add(due);
        observed.add(counts[arm]);
      } else {
        rareExpected += due;
        rare += counts[arm];
      }
    }
    if (rareExpected >= LEAST_EXPECTED) {
      expected.add(rareExpected);
      observed.add(rare);
    }
    if (expected.size() == 1) {
      assertThat(observed.get(0)).as("%s, one arm has all", what).isEqualTo(draws - rare);
      return;
    }
    double p =
        GTest.withDefaults()
            .test(
                expected.stream().mapToDouble(d -> d).toArray(),
                observed.stream().mapToLong(n -> n).toArray())
            .getPValue();
    assertThat(p).as("%s, p of %d cells", what, expected.size()).isGreaterThan(LEAST_P);
  }
}
