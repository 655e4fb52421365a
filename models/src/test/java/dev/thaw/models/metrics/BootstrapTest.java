package dev.thaw.models.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final int USERS = 60;

  private static double[] gains(double mean, SplittableRandom random) {
    double[] gains = new double[USERS];
    for (int u = 0; u < USERS; u++) {
      gains[u] = mean + random.nextGaussian();
    }
    return gains;
  }

  @Test
  void aDifferenceOfOtherUsersIsAsWideAsBothOfThem() {
    SplittableRandom random = new SplittableRandom(3);
    double[] a = gains(1, random);
    double[] b = gains(0, random);
    Interval interval = Bootstrap.DEFAULT.unpairedDifference(a, b, random);
    assertThat(interval.users()).isEqualTo(2 * USERS);
    assertThat(interval.mean())
        .isCloseTo(mean(a) - mean(b), within(1e-12))
        .isBetween(interval.low(), interval.high());
    double error = Math.sqrt(2.0 / USERS);
    assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * error, within(0.25));
    assertThatThrownBy(() -> Bootstrap.DEFAULT.unpairedDifference(a, new double[0], random))
        .hasMessageContaining("were 60 and 0");
  }

  private static double mean(double[] values) {
    return Bootstrap.DEFAULT.mean(values, new SplittableRandom(0)).mean();
  }

  @Test
  void aOneSidedTestOfWhatIsTrueRejectsAboutOneInTwenty() {
    SplittableRandom random = new SplittableRandom(11);
    int runs = 1_000;
    int rejected = 0;
    for (int run = 0; run < runs; run++) {
      double p = new Bootstrap(400, 0.95).pValueAbove(gains(0.3, random), 0.3, random);
      rejected += p <= 0.05 ? 1 : 0;
    }
    assertThat((double) rejected / runs).isCloseTo(0.05, within(0.025));
  }

  @Test
  void thePValueAgreesWithTheInterval() {
    for (int seed = 0; seed < 50; seed++) {
      double[] gains = gains(0.25, new SplittableRandom(seed));
      Interval interval = Bootstrap.DEFAULT.mean(gains, new SplittableRandom(1));
      double p = Bootstrap.DEFAULT.pValueAbove(gains, 0, new SplittableRandom(1));
      if (p < 0.024) {
        assertThat(interval.low()).isPositive();
      } else if (p > 0.027) {
        assertThat(interval.low()).isNotPositive();
      }
    }
  }

  @Test
  void aClearGainHasTheSmallestPValueThereIsAndNobodyNone() {
    double[] gains = {1, 2, 3};
    assertThat(Bootstrap.DEFAULT.pValueAbove(gains, 0, new SplittableRandom(1)))
        .isEqualTo(1.0 / 1_001);
    assertThat(Bootstrap.DEFAULT.pValueAbove(gains, 4, new SplittableRandom(1))).isEqualTo(1);
    assertThat(Bootstrap.DEFAULT.pValueAbove(new double[0], 0, new SplittableRandom(1)))
        .isEqualTo(1);
  }

  @Test
  void aRelativeDifferenceIsPairedAndOfTheMeans() {
    double[] base = gains(5, new SplittableRandom(3));
    double[] tenth = java.util.Arrays.stream(base).map(each -> 1.1 * each).toArray();
    Interval exact = Bootstrap.DEFAULT.relativeDifference(tenth, base, new SplittableRandom(1));
    assertThat(exact.low()).isCloseTo(0.1, within(1e-9));
    assertThat(exact.high()).isCloseTo(0.1, within(1e-9));
    double[] other = gains(6, new SplittableRandom(4));
    Interval wide = Bootstrap.DEFAULT.relativeDifference(other, base, new SplittableRandom(1));
    assertThat(wide.mean()).isBetween(wide.low(), wide.high());
    assertThat(wide.high() - wide.low()).isPositive();
    assertThatThrownBy(
            () ->
                Bootstrap.DEFAULT.relativeDifference(
                    new double[] {1, 2}, new double[] {1, -1}, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of 2 users");
  }
}
