package dev.thaw.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.metrics.Interval;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OffPolicyEvaluationTest {
  private final OffPolicyEvaluation evaluation = new OffPolicyEvaluation(Estimators.of(1), 200, 4);
  private final List<LoggedRound> rounds =
      SmallLogs.uniformRounds(4, 3_000, arm -> 0.1 * arm, new SplittableRandom(6));

  private static OffPolicyResult.Row row(OffPolicyResult result, String estimator) {
    return result.rows().stream()
        .filter(each -> each.estimator().equals(estimator))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theSameSeedGivesTheSameFigures() {
    EvaluationPolicy policy = SmallLogs.fixed(0.1, 0.2, 0.3, 0.4);
    OffPolicyResult once = evaluation.of("log", rounds, policy, Optional.empty());
    assertThat(evaluation.of("log", rounds, policy, Optional.empty())).isEqualTo(once);
    assertThat(once.verdict()).isEqualTo("reliable");
    Interval dr = row(once, "DR").intervals().studentised();
    assertThat(0.2).isBetween(dr.low(), dr.high());
    assertThat(once.own()).isNull();
  }

  @Test
  void theDifferenceFromThePolicysOwnLogHasTheErrorsOfBoth() {
    OffPolicyResult result =
        evaluation.of("log", rounds, DrawnInOrder.uniform(), Optional.of(rounds.subList(0, 500)));
    Intervals ips = row(result, "IPS").intervals();
    Intervals own = Objects.requireNonNull(result.own());
    Interval difference = Objects.requireNonNull(row(result, "IPS").minusOwn());
    assertThat(difference.mean()).isEqualTo(ips.estimate() - own.estimate());
    assertThat(difference.high() - difference.mean())
        .isCloseTo(1.959964 * Math.hypot(ips.standardError(), own.standardError()), within(1e-12));
  }

  @Test
  void clipAndTauCanBeGiven() {
    EvaluationPolicy policy = SmallLogs.fixed(0.1, 0.2, 0.3, 0.4);
    OffPolicyResult given =
        new OffPolicyEvaluation(new Estimators(1, 1e-9, 0.0), 200, 4)
            .of("log", rounds, policy, Optional.empty());
    assertThat(row(given, "clipped IPS").intervals().estimate()).isCloseTo(0, within(1e-9));
    assertThat(row(given, "switch-DR").intervals()).isEqualTo(row(given, "DM").intervals());
    assertThatThrownBy(() -> ImportanceSampling.clipped(0)).hasMessageContaining("were at 0.0");
  }

  @Test
  void aPolicyThatTheLogNeverFollowsIsUnreliable() {
    ArmSet five = ArmSet.first(5);
    List<LoggedRound> never =
        rounds.stream()
            .map(round -> LoggedRound.of(round.cluster(), 0, five, round.slots()))
            .toList();
    OffPolicyResult result =
        evaluation.of("log", never, SmallLogs.fixed(0, 0, 0, 0, 1), Optional.empty());
    assertThat(result.verdict()).startsWith("unreliable: effective sample size 0.0");
    assertThat(row(result, "IPS").intervals().estimate()).isZero();
    assertThat(row(result, "SNIPS").intervals().estimate()).isNaN();
    assertThat(result.highProbability().high()).isEqualTo(1);
  }

  @Test
  void clustersThatNoRoundIsLeftOfDoNotCount() {
    List<LoggedRound> gaps = rounds.stream().filter(round -> round.cluster() % 3 == 0).toList();
    OffPolicyResult result = evaluation.of("log", gaps, DrawnInOrder.uniform(), Optional.empty());
    assertThat(result.diagnostics().clusters()).isEqualTo(1_000);
  }

  @Test
  void oneUserIsNotEnough() {
    List<LoggedRound> ofOne =
        rounds.stream()
            .map(round -> LoggedRound.of(0, 0, round.eligible(), round.slots()))
            .toList();
    assertThatThrownBy(() -> evaluation.of("log", ofOne, DrawnInOrder.uniform(), Optional.empty()))
        .hasMessageContaining("at least 2 clusters, had 1");
  }
}
