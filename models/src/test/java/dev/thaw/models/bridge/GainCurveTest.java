package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GainCurveTest {
  @Test
  void itNeverFalls() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 50; round++) {
      int users = 1 + random.nextInt(300);
      int[] lengths = random.ints(users, 0, 60).toArray();
      double[] gains = random.doubles(users, -1, 1).toArray();
      GainCurve curve = GainCurve.fit(lengths, gains);
      for (int length = 1; length <= Arrays.stream(lengths).max().orElse(0); length++) {
        assertThat(curve.at(length)).isGreaterThanOrEqualTo(curve.at(length - 1));
        assertThat(curve.at(length) > 0).isEqualTo(length >= curve.least() || curve.at(0) > 0);
      }
    }
  }

  @Test
  void levelsAreDrawnTowardsTheMeanAsByFortyUsers() {
    int[] lengths = new int[80];
    double[] gains = new double[80];
    Arrays.setAll(lengths, u -> u < 40 ? 1 : 10);
    Arrays.setAll(gains, u -> u < 40 ? -0.1 : 0.3);
    GainCurve curve = GainCurve.fit(lengths, gains);
    assertThat(curve.at(1)).isCloseTo((-0.1 + 0.1) / 2, within(1e-12));
    assertThat(curve.at(10)).isCloseTo((0.3 + 0.1) / 2, within(1e-12));
    assertThat(curve.at(500)).isEqualTo(curve.at(10));
  }

  @Test
  void aDipInTheMiddleIsPooled() {
    int[] lengths = {1, 2, 3};
    GainCurve curve = GainCurve.fit(lengths, new double[] {0, 0.4, 0.2});
    assertThat(curve.at(2)).isEqualTo(curve.at(3));
  }

  @Test
  void aFewLosersAmongManyWinnersAreAdmitted() {
    int[] lengths = new int[203];
    double[] gains = new double[203];
    Arrays.setAll(lengths, u -> u < 3 ? 1 : 5);
    Arrays.setAll(gains, u -> u < 3 ? -0.2 : 0.1);
    assertThat(GainCurve.fit(lengths, gains).least()).isEqualTo(1);
  }

  @Test
  void withoutUsersThereIsNoGain() {
    GainCurve curve = GainCurve.fit(new int[0], new double[0]);
    assertThat(curve.at(5)).isZero();
    assertThat(curve.least()).isEqualTo(1);
  }
}
