package dev.thaw.evaluation.offpolicy;

import static dev.thaw.evaluation.offpolicy.SmallLogs.estimate;
import static dev.thaw.evaluation.offpolicy.SmallLogs.fixed;
import static dev.thaw.evaluation.offpolicy.SmallLogs.fourRounds;
import static dev.thaw.evaluation.offpolicy.SmallLogs.policy;
import static dev.thaw.evaluation.offpolicy.SmallLogs.round;
import static dev.thaw.evaluation.offpolicy.SmallLogs.twoSlates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Estimators on logs computed by hand. */
class EstimatorsTest {
  private static final Offset<Double> EXACTLY = within(1e-12);

  /** 0.6 for arm 0 and 0.3 for arm 1: 0.36 under the policy. */
  private static final RewardModel MODEL = (round, place) -> place == 0 ? 0.6 : 0.3;

  private final WeightedLog log = WeightedLog.of(fourRounds(0), policy());
  private final DoublyRobust robust = new DoublyRobust(ModelledRewards.of(log, i -> MODEL));

  @Test
  void importanceSamplingOfFourRounds() {
    double weighted = 0.4 + 3.2 + 4 / 15.0;
    assertThat(estimate(ImportanceSampling.ips(), log)).isCloseTo(weighted / 4, EXACTLY);
    assertThat(estimate(ImportanceSampling.snips(), log))
        .isCloseTo(weighted / (weighted + 1.6), EXACTLY);
    double clipped = (0.4 + 2 + 4 / 15.0) / 4;
    assertThat(estimate(ImportanceSampling.clipped(2), log)).isCloseTo(clipped, EXACTLY);
    assertThat(estimate(ImportanceSampling.clippedAtRoot(), log))
        .as("the root of four rounds is 2")
        .isCloseTo(clipped, EXACTLY);
  }

  @Test
  void modelsOfFourRounds() {
    assertThat(estimate(robust.direct(), log)).isCloseTo(0.36, EXACTLY);
    double kept = 0.4 * 0.4 - 1.6 * 0.3 + 4 / 15.0 * 0.4;
    assertThat(estimate(robust.doublyRobust(), log))
        .isCloseTo(0.36 + (kept + 3.2 * 0.7) / 4, EXACTLY);
    assertThat(estimate(robust.switching(2), log)).isCloseTo(0.36 + kept / 4, EXACTLY);
    assertThat(estimate(robust.switching(0), log)).isCloseTo(0.36, EXACTLY);
    assertThat(estimate(robust.switching(Double.POSITIVE_INFINITY), log))
        .isEqualTo(estimate(robust.doublyRobust(), log));
  }

  @Test
  void tauHasTheSmallestBoundOnTheError() {
    // weights 0.5 and 25: with rewards up to 1 the bias of leaving out the large ones is at most
    // their share of all weight; with rewards that can't be above 1e-6 hardly anything
    ArmSet arms = ArmSet.first(2);
    List<LoggedRound> rounds =
        IntStream.range(0, 100)
            .mapToObj(i -> round(i, arms, i < 98 ? 0 : 1, i < 98 ? 0.98 : 0.02, i % 2))
            .toList();
    WeightedLog uneven = WeightedLog.of(rounds, fixed(0.5, 0.5));
    DoublyRobust modelled = new DoublyRobust(ModelledRewards.of(uneven, i -> MODEL));
    assertThat(modelled.tau(uneven, 1)).isInfinite();
    assertThat(modelled.tau(uneven, 1e-6)).isLessThan(25);
    assertThat(estimate(modelled.switchingByBound(1), uneven))
        .isEqualTo(estimate(modelled.doublyRobust(), uneven));
    assertThat(estimate(modelled.switchingByBound(1e-6), uneven))
        .isEqualTo(estimate(modelled.switching(1), uneven));
  }

  @Test
  void addingToEachRewardMovesTheNormalisedEstimateAloneByThat() {
    WeightedLog moved = WeightedLog.of(fourRounds(10), policy());
    assertThat(estimate(ImportanceSampling.snips(), moved))
        .isCloseTo(10 + estimate(ImportanceSampling.snips(), log), EXACTLY);
    assertThat(estimate(ImportanceSampling.ips(), moved))
        .isNotCloseTo(10 + estimate(ImportanceSampling.ips(), log), within(0.1));
  }

  /** A log that shows each arm exactly as often as its chance says; rewards 1 and 0.5. */
  private static List<LoggedRound> population(double propensity0) {
    ArmSet arms = ArmSet.first(2);
    return List.of(
        round(0, arms, 0, propensity0, 1),
        round(1, arms, 1, 1 - propensity0, 0.5),
        round(2, arms, 1, 1 - propensity0, 0.5),
        round(3, arms, 1, 1 - propensity0, 0.5));
  }

  @Test
  void doublyRobustIsRightWherePropensitiesOrModelAre() {
    double truth = 0.2 * 1 + 0.8 * 0.5;
    RewardModel right = (round, place) -> place == 0 ? 1 : 0.5;
    WeightedLog rightLog = WeightedLog.of(population(0.25), policy());
    WeightedLog wrongLog = WeightedLog.of(population(0.6), policy());
    assertThat(dr(rightLog, MODEL)).isCloseTo(truth, EXACTLY);
    assertThat(dr(wrongLog, right)).isCloseTo(truth, EXACTLY);
    assertThat(dr(wrongLog, MODEL)).isNotCloseTo(truth, within(0.05));
    assertThat(estimate(ImportanceSampling.ips(), wrongLog)).isNotCloseTo(truth, within(0.05));
  }

  private static double dr(WeightedLog log, RewardModel model) {
    return estimate(new DoublyRobust(ModelledRewards.of(log, i -> model)).doublyRobust(), log);
  }

  @Test
  void stabilisedRoundsCountByTheRootOfTheirVariance() {
    ArmSet arms = ArmSet.first(2);
    WeightedLog adaptive =
        WeightedLog.of(
            List.of(
                round(0, arms, 0, 0.5, 1).withDistribution(new double[] {0.5, 0.5}),
                round(1, arms, 0, 0.1, 0).withDistribution(new double[] {0.1, 0.9})),
            fixed(1, 0));
    DoublyRobust unmodelled =
        new DoublyRobust(ModelledRewards.of(adaptive, i -> (round, place) -> 0));
    double first = Math.sqrt(0.5);
    double second = Math.sqrt(0.1);
    assertThat(estimate(unmodelled.stabilised(), adaptive))
        .isCloseTo((first * 2 + second * 0) / (first + second), EXACTLY);
  }

  /**
   * Base chances .5, .3, .2. Weights: first answer 2 and then .6 / .5, second .5 and then .625 /
   * .5. Marginal chances of the second slot: arm 1 .5 .3/.5 + .2 .3/.8 = .375, arm 0 .3 .5/.7 + .2
   * .5/.8.
   */
  @Test
  void slateEstimatorsOfTwoAnswers() {
    WeightedLog slates = WeightedLog.of(twoSlates(), fixed(0.5, 0.3, 0.2));
    double list1 = 2 * 1.2;
    double list2 = 0.5 * 1.25;
    double marginal1 = 0.375 / 0.4;
    double marginal2 = (0.3 * 0.5 / 0.7 + 0.2 * 0.5 / 0.8) / 0.5;
    assertThat(estimate(ImportanceSampling.ips(), slates)).isCloseTo(list1 * 2 / 2, EXACTLY);
    assertThat(estimate(ImportanceSampling.snips(), slates))
        .isCloseTo(list1 * 2 / (list1 + list2), EXACTLY);
    assertThat(estimate(SlateSampling.independent(), slates))
        .isCloseTo((2 + marginal1) / 2, EXACTLY);
    assertThat(estimate(SlateSampling.independentNormalised(), slates))
        .isCloseTo(2 / 2.5 + marginal1 / (marginal1 + marginal2), EXACTLY);
    assertThat(estimate(SlateSampling.rewardInteraction(), slates))
        .isCloseTo((2 + list1) / 2, EXACTLY);
    assertThat(estimate(SlateSampling.rewardInteractionNormalised(), slates))
        .isCloseTo(2 / 2.5 + list1 / (list1 + list2), EXACTLY);
  }

  @Test
  void anAnswerWithFewerSlotsCountsWithWhatItHas() {
    WeightedLog uneven =
        WeightedLog.of(
            List.of(twoSlates().get(0), round(1, ArmSet.first(3), 2, 0.4, 1)),
            fixed(0.5, 0.3, 0.2));
    assertThat(estimate(ImportanceSampling.ips(), uneven))
        .isCloseTo((2 * 1.2 * 2 + 0.5) / 2, EXACTLY);
    assertThat(estimate(SlateSampling.rewardInteraction(), uneven))
        .isCloseTo((2 + 2 * 1.2 + 0.5) / 2, EXACTLY);
  }

  @Test
  void withoutMarginalPropensitiesNothingIsSaidOfIndependentSlots() {
    LoggedRound round =
        LoggedRound.of(
            0,
            0,
            ArmSet.first(3),
            List.of(LoggedSlot.first(0, 0.25, 1), LoggedSlot.later(1, 0.5, 1)));
    WeightedLog slates = WeightedLog.of(List.of(round), fixed(0.5, 0.3, 0.2));
    assertThat(SlateSampling.all(slates))
        .extracting(Estimator::name)
        .containsExactly("reward-interaction IPS", "reward-interaction SNIPS");
    assertThatThrownBy(() -> estimate(SlateSampling.independent(), slates))
        .hasMessageContaining("marginal");
  }

  @Test
  void thePolicyThatWroteTheLogEarnsItsMean() {
    WeightedLog own = WeightedLog.onPolicy(fourRounds(0));
    assertThat(estimate(ImportanceSampling.ips(), own)).isEqualTo(0.75);
    assertThat(estimate(ImportanceSampling.snips(), own)).isEqualTo(0.75);
  }

  @Test
  void slotsAreNotModelled() {
    WeightedLog slates = WeightedLog.of(twoSlates(), fixed(0.5, 0.3, 0.2));
    assertThatThrownBy(() -> ModelledRewards.of(slates, i -> MODEL))
        .hasMessageContaining("1 slot, the log has 2");
    assertThat(Estimators.of(1).fitting(slates, new SplittableRandom(0)))
        .extracting(Estimator::name)
        .doesNotContain("DM", "DR")
        .contains("independent SNIPS");
  }
}
