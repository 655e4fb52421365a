package dev.thaw.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {
  private static final ClusterBootstrap BOOTSTRAP = new ClusterBootstrap(2_000, 1);

  /** Each reward so often, in rounds of one arm. */
  private static List<LoggedRound> rounds(int zeros, int ones, int perCluster) {
    List<LoggedRound> rounds = new ArrayList<>();
    for (int c = 0; c < zeros + ones; c++) {
      for (int i = 0; i < perCluster; i++) {
        rounds.add(SmallLogs.round(c, SmallLogs.TWO, 0, 1, c < zeros ? 0 : 1));
      }
    }
    return rounds;
  }

  private static Intervals intervals(List<LoggedRound> rounds) {
    WeightedLog log = WeightedLog.onPolicy(rounds);
    return BOOTSTRAP.of(List.of(Terms.mean(log, log::listReward)), new SplittableRandom(3)).get(0);
  }

  @Test
  void theErrorOfAMeanIsTheUsualOne() {
    Intervals half = intervals(rounds(200, 200, 1));
    double error = Math.sqrt(0.25 * 400 / 399 / 400);
    assertThat(half.estimate()).isEqualTo(0.5);
    assertThat(half.standardError()).isCloseTo(error, within(1e-12));
    assertThat(half.normal().low()).isCloseTo(0.5 - 1.959964 * error, within(1e-12));
    assertThat(half.percentile().high()).isCloseTo(half.normal().high(), within(0.006));
    assertThat(half.studentised().low()).isCloseTo(half.normal().low(), within(0.006));
  }

  @Test
  void repeatingWhatAUserDidTellsNothingMore() {
    Intervals once = intervals(rounds(20, 30, 1));
    Intervals often = intervals(rounds(20, 30, 7));
    assertThat(often.standardError()).isCloseTo(once.standardError(), within(1e-12));
    assertThat(often.percentile()).isEqualTo(once.percentile());
    assertThat(often.percentile().users()).isEqualTo(50);
  }

  @Test
  void theErrorOfARatioIsByLinearisation() {
    WeightedLog log = WeightedLog.of(SmallLogs.fourRounds(0), SmallLogs.policy());
    Terms snips = ImportanceSampling.snips().terms().apply(log);
    double[] weights = {0.4, 1.6, 3.2, 4 / 15.0};
    double[] rewards = {1, 0, 1, 1};
    double sum = 0.4 + 1.6 + 3.2 + 4 / 15.0;
    double squares = 0;
    for (int i = 0; i < 4; i++) {
      double influence = weights[i] * (rewards[i] - snips.estimate()) / sum;
      squares += influence * influence;
    }
    assertThat(snips.standardError()).isCloseTo(Math.sqrt(squares * 4 / 3), within(1e-12));
  }

  @Test
  void rareRewardsMakeTheStudentisedIntervalReachFurtherUp() {
    Intervals rare = intervals(rounds(1_990, 10, 1));
    double above = rare.studentised().high() - rare.estimate();
    double below = rare.estimate() - rare.studentised().low();
    assertThat(above).isGreaterThan(1.3 * below);
    assertThat(rare.studentised().low()).isPositive();
  }

  @Test
  void withoutAnyRewardTheIntervalIsAPointAndWithAllOfThemToo() {
    assertThat(intervals(rounds(50, 0, 1)).studentised().high()).isZero();
    assertThat(intervals(rounds(0, 50, 1)).studentised().low()).isEqualTo(1);
  }

  @Test
  void oneClusterHasNoInterval() {
    assertThatThrownBy(() -> intervals(rounds(0, 1, 5))).hasMessageContaining("was 1");
  }

  /** All weights are 1: the smallest cut is the best, and the bound has a closed form. */
  @Test
  void theBoundOfEqualRewardsIsTheSecondTermOfBernstein() {
    WeightedLog log = WeightedLog.onPolicy(rounds(0, 2_000, 1));
    double second = 7 * Math.log(2 / 0.025) / (3 * 1_899.0);
    assertThat(new HighProbability(1).of(log).low()).isCloseTo(1 - second, within(1e-12));
    assertThat(new HighProbability(1).of(log).high()).isEqualTo(1);
  }

  @Test
  void theBoundWidensWithTheSpreadAndHoldsTheTruth() {
    WeightedLog log =
        WeightedLog.of(
            SmallLogs.uniformRounds(4, 20_000, arm -> 0.1 * arm, new SplittableRandom(5)),
            SmallLogs.fixed(0.1, 0.2, 0.3, 0.4));
    assertThat(new HighProbability(1).of(log).low()).isBetween(0.1, 0.2);
    assertThat(new HighProbability(1).of(log).high()).isBetween(0.2, 0.4);
    assertThatThrownBy(() -> new HighProbability(0.5).of(log))
        .hasMessageContaining("at most 0.5, was 1.0");
  }

  /** What the log can't tell of may be worth nothing, or all there is. */
  @Test
  void theBoundHoldsWhereSupportIsMissing() {
    List<LoggedRound> onlyFirst = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      onlyFirst.add(SmallLogs.round(i, SmallLogs.TWO, 0, 1, 1));
    }
    WeightedLog log = WeightedLog.of(onlyFirst, SmallLogs.fixed(0.5, 0.5));
    assertThat(new HighProbability(1).of(log).low()).isBetween(0.49, 0.5);
    assertThat(new HighProbability(1).of(log).high()).isEqualTo(1);
  }
}
