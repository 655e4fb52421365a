package dev.thaw.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CrossFitTest {
  /** Learns who it has seen, and refuses to predict anything for them. */
  private static final RewardModel.Trainer WATCHFUL =
      rounds -> {
        Set<Integer> seen = rounds.stream().map(LoggedRound::cluster).collect(Collectors.toSet());
        return (round, place) -> {
          if (seen.contains(round.cluster())) {
            throw new IllegalStateException("leak: cluster " + round.cluster());
          }
          return rounds.size();
        };
      };

  /** 60 rounds of 12 users. */
  private static WeightedLog log() {
    List<LoggedRound> rounds = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rounds.add(SmallLogs.round(i % 12, SmallLogs.TWO, i % 2, 0.5, i % 3));
    }
    return WeightedLog.of(rounds, SmallLogs.policy());
  }

  @Test
  void nothingIsPredictedFromAUsersOwnRounds() {
    ModelledRewards modelled = CrossFit.byCluster(log(), WATCHFUL, 5, new SplittableRandom(1));
    for (int i = 0; i < 60; i++) {
      assertThat(modelled.atLogged(i)).as("rounds learned from").isBetween(45.0, 50.0);
    }
  }

  @Test
  void aPlantedLeakIsCaught() {
    WeightedLog log = log();
    RewardModel ofAll = WATCHFUL.fit(log.rounds());
    assertThatThrownBy(() -> ModelledRewards.of(log, i -> ofAll)).hasMessageContaining("leak");
  }

  @Test
  void ofThePastNothingLaterIsKnown() {
    RewardModel.Trainer counting =
        rounds -> (round, place) -> rounds.size() + 0.001 * round.cluster();
    List<LoggedRound> rounds = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      rounds.add(SmallLogs.round(i, SmallLogs.TWO, 0, 0.5, 1));
    }
    WeightedLog log = WeightedLog.of(rounds, SmallLogs.policy());
    ModelledRewards modelled = CrossFit.fromThePast(log, counting, 5);
    Set<Integer> sizes = new TreeSet<>();
    for (int i = 0; i < 23; i++) {
      int learnedFrom = (int) modelled.atLogged(i);
      assertThat(learnedFrom).isLessThanOrEqualTo(i);
      sizes.add(learnedFrom);
    }
    assertThat(sizes).containsExactly(0, 5, 10, 14, 19);
  }

  @Test
  void foldsAreBounded() {
    assertThatThrownBy(() -> CrossFit.byCluster(log(), WATCHFUL, 13, new SplittableRandom(1)))
        .hasMessageContaining("[2, 12]");
  }

  @Test
  void meansAreShrunkTowardsTheArmAndAll() {
    LoggedRound asked = SmallLogs.round(9, ArmSet.first(3), 0, 0.5, 0);
    RewardModel model =
        new ShrunkenMeans(2)
            .fit(
                List.of(
                    SmallLogs.round(0, SmallLogs.TWO, 0, 0.5, 1),
                    SmallLogs.round(1, SmallLogs.TWO, 0, 0.5, 1),
                    SmallLogs.round(2, SmallLogs.TWO, 1, 0.5, 0),
                    SmallLogs.round(3, SmallLogs.TWO, 1, 0.5, 0)));
    double arm = (2 + 2 * 0.5) / (2 + 2);
    assertThat(model.reward(asked, 0)).isCloseTo((2 + 2 * arm) / (2 + 2), within(1e-12));
    assertThat(model.reward(asked, 2)).as("never seen").isEqualTo(0.5);
    LoggedRound elsewhere =
        LoggedRound.of(9, 1, SmallLogs.TWO, List.of(LoggedSlot.first(0, 0.5, 0)));
    assertThat(model.reward(elsewhere, 0)).as("another segment").isCloseTo(arm, within(1e-12));
    assertThat(ShrunkenMeans.DEFAULT.fit(List.of()).reward(asked, 0)).isZero();
  }
}
