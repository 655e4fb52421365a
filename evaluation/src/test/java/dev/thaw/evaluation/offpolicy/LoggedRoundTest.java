package dev.thaw.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggedRoundTest {
  private static final ArmSet ARMS = ArmSet.of(7, 3, 5);

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0001, Double.NaN, Double.POSITIVE_INFINITY})
  void aPropensityOutsideItsBoundsIsRefused(double propensity) {
    assertThatThrownBy(() -> LoggedSlot.first(7, propensity, 1))
        .hasMessage("propensity must be in (0, 1], was " + propensity);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void aRewardBelowZeroOrNotFiniteIsRefused(double reward) {
    assertThatThrownBy(() -> LoggedSlot.first(7, 0.5, reward))
        .hasMessage("reward must be finite and >= 0, was " + reward);
  }

  @Test
  void anArmThatWasNotEligibleIsRefused() {
    assertThatThrownBy(() -> LoggedRound.of(0, 0, ARMS, List.of(LoggedSlot.first(4, 0.5, 1))))
        .hasMessage("arm must be one of the 3 eligible, was 4");
    assertThatThrownBy(
            () ->
                LoggedRound.of(
                    0, 0, ARMS, List.of(LoggedSlot.first(3, 1, 1), LoggedSlot.later(3, 1, 1))))
        .hasMessage("arm 3 stands in two slots");
    assertThatThrownBy(() -> ArmSet.of(1, 1)).hasMessage("arm 1 is eligible twice");
  }

  @Test
  void aLoggedDistributionMustBeOne() {
    LoggedRound round = LoggedRound.of(0, 0, ARMS, List.of(LoggedSlot.first(3, 0.5, 1)));
    assertThatThrownBy(() -> round.withDistribution(new double[] {0.5, 0.5, 0.1}))
        .hasMessageContaining("sum 1, was 1.1");
    assertThatThrownBy(() -> round.withDistribution(new double[] {0.5, 0.5}))
        .hasMessageContaining("3 arms, were 2");
    assertThatThrownBy(() -> round.loggingChance(0)).hasMessageContaining("no logging");
  }

  @Test
  void placesFollowTheOrderOfTheArms() {
    LoggedRound round =
        LoggedRound.of(
            0, 0, ARMS, List.of(LoggedSlot.first(5, 0.5, 1), LoggedSlot.later(7, 0.5, 0)));
    assertThat(round.place(0)).isEqualTo(2);
    assertThat(round.place(1)).isZero();
    assertThat(ARMS.arm(2)).isEqualTo(5);

    FirstOfRanking greedy = new FirstOfRanking();
    assertThat(greedy.chances(round, 0)).containsExactly(1, 0, 0);
    assertThat(greedy.chances(round, 1)).as("behind arm 5").containsExactly(1, 0, 0);
    assertThat(greedy.marginalChances(round, 1)).containsExactly(0, 1, 0);
  }

  @Test
  void laterSlotsAreDrawnFromWhatIsLeft() {
    double[] base = {0.5, 0.3, 0.2};
    DrawnInOrder policy = new DrawnInOrder("base", round -> base);
    LoggedRound round =
        LoggedRound.of(
            0,
            0,
            ARMS,
            List.of(
                LoggedSlot.first(7, 0.5, 0),
                LoggedSlot.later(5, 0.5, 0),
                LoggedSlot.later(3, 1, 0)));
    assertThat(policy.chances(round, 1)).containsExactly(0, 0.6, 0.4);
    assertThat(policy.chances(round, 2)[1]).isCloseTo(1, within(1e-12));
    assertThat(base).as("untouched").containsExactly(0.5, 0.3, 0.2);
    for (int slot = 0; slot < 3; slot++) {
      assertThat(Arrays.stream(policy.marginalChances(round, slot)).sum())
          .isCloseTo(1, within(1e-12));
    }
    double thirdIsTheFirst = 0.3 * 0.2 / 0.7 + 0.2 * 0.3 / 0.8;
    assertThat(policy.marginalChances(round, 2)[0]).isCloseTo(thirdIsTheFirst, within(1e-12));
    assertThat(DrawnInOrder.uniform().chances(round, 1)[1]).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void whatIsNeverDrawnLeavesNothingBehindIt() {
    DrawnInOrder always = new DrawnInOrder("always 7", round -> new double[] {1, 0, 0});
    LoggedRound round =
        LoggedRound.of(
            0, 0, ARMS, List.of(LoggedSlot.first(7, 0.5, 0), LoggedSlot.later(5, 0.5, 0)));
    assertThat(always.chances(round, 1)).containsExactly(0, 0, 0);
  }
}
