package dev.thaw.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
  private static List<LoggedRound> uniform(int rounds) {
    return SmallLogs.uniformRounds(4, rounds, arm -> 0.1, new SplittableRandom(2));
  }

  @Test
  void effectiveSampleSizeOfFourRounds() {
    Diagnostics four = Diagnostics.of(WeightedLog.of(SmallLogs.fourRounds(0), SmallLogs.policy()));
    double sum = 0.4 + 1.6 + 3.2 + 4 / 15.0;
    double squares = 0.16 + 2.56 + 10.24 + 16 / 225.0;
    assertThat(four.effectiveSampleSize()).isCloseTo(sum * sum / squares, within(1e-12));
    assertThat(four.maxWeight()).isEqualTo(3.2);
    assertThat(four.meanWeight()).isCloseTo(sum / 4, within(1e-12));
    assertThat(four.verdict())
        .isEqualTo(
            "unreliable: effective sample size 2.3 is below 100; weights are those of 2.3 clusters,"
                + " fewer than 30; clusters with a reward that counts are 3, fewer than 10");
  }

  @Test
  void equalWeightsAreWorthAllRounds() {
    Diagnostics own = Diagnostics.of(WeightedLog.onPolicy(uniform(300)));
    assertThat(own.effectiveSampleSize()).isCloseTo(300, within(1e-9));
    assertThat(own.effectiveClusters()).isCloseTo(300, within(1e-9));
    assertThat(own.verdict()).isEqualTo("reliable");
    assertThat(Diagnostics.of(WeightedLog.onPolicy(uniform(99))).isReliable()).isFalse();
  }

  @Test
  void manyRoundsOfFewUsersAreWorthFew() {
    List<LoggedRound> rounds = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      rounds.add(SmallLogs.round(i % 3, SmallLogs.TWO, i % 2, 0.5, 1));
    }
    Diagnostics three = Diagnostics.of(WeightedLog.onPolicy(rounds));
    assertThat(three.effectiveSampleSize()).isCloseTo(1_500, within(1e-9));
    assertThat(three.verdict())
        .isEqualTo(
            "unreliable: weights are those of 3.0 clusters, fewer than 30; clusters with a reward"
                + " that counts are 3, fewer than 10");
  }

  @Test
  void armsThatTheLogNeverShowsAreMissing() {
    ArmSet five = ArmSet.first(5);
    List<LoggedRound> rounds = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      rounds.add(SmallLogs.round(i, five, i % 4, 0.25, 0));
    }
    Diagnostics missing =
        Diagnostics.of(WeightedLog.of(rounds, SmallLogs.fixed(0.2, 0.2, 0.2, 0.2, 0.2)));
    assertThat(missing.missingSupport()).isCloseTo(0.2, within(1e-12));
    assertThat(missing.meanWeight()).isCloseTo(0.8, within(1e-12));
    assertThat(missing.verdict())
        .endsWith("mean weight 0.800 is more than 4 errors of 0.000 from 1");
  }

  @Test
  void aLoggedDistributionSaysWhatHasSupport() {
    ArmSet three = ArmSet.first(3);
    List<LoggedRound> rounds = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rounds.add(SmallLogs.round(i, three, 0, 0.9, 0).withDistribution(new double[] {0.9, 0.1, 0}));
    }
    Diagnostics known = Diagnostics.of(WeightedLog.of(rounds, SmallLogs.fixed(0.8, 0.15, 0.05)));
    assertThat(known.missingSupport()).isCloseTo(0.05, within(1e-12));
    assertThat(known.verdict())
        .contains("5.0 % of the policy's choices are without support, more than 1 %");
  }

  @Test
  void supportIsAskedForInEachSegmentAlone() {
    List<LoggedRound> rounds = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int segment = i % 2;
      rounds.add(
          LoggedRound.of(i, segment, SmallLogs.TWO, List.of(LoggedSlot.first(segment, 1, 0))));
    }
    Diagnostics split = Diagnostics.of(WeightedLog.of(rounds, SmallLogs.fixed(0.5, 0.5)));
    assertThat(split.missingSupport()).isCloseTo(0.5, within(1e-12));
  }
}
