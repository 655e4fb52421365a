package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.metrics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GateJuryTest {
  private static final PairTest TEST = PairTest.alone(0.001);

  private static double[] all(int users, double figure) {
    double[] figures = new double[users];
    Arrays.fill(figures, figure);
    return figures;
  }

  private static int[] lengths(int users) {
    int[] lengths = new int[users];
    Arrays.setAll(lengths, u -> 1 + u / 2);
    return lengths;
  }

  private static GateJury.Verdict decide(List<double[]> fallbacks, double[] bridged) {
    return new GateJury(fallbacks, lengths(bridged.length))
        .decide(List.of(bridged, bridged), bridged, new SplittableRandom(4));
  }

  @Test
  void usersWhoAllGainOpenItOnlyWhereTheyAreEnough() {
    for (int users : List.of(1, 12, GateDecision.MIN_USERS - 1)) {
      GateJury.Verdict few = decide(List.of(all(users, 0.1)), all(users, 0.2));
      assertThat(few.difference().low()).isPositive();
      assertThat(few.isFor(TEST)).isFalse();
    }
    GateJury.Verdict enough =
        decide(List.of(all(GateDecision.MIN_USERS, 0.1)), all(GateDecision.MIN_USERS, 0.2));
    assertThat(enough.isFor(TEST)).isTrue();
    assertThat(enough.least()).isEqualTo(1);
    assertThat(enough.with()).hasSize(GateDecision.MIN_USERS);
  }

  @Test
  void usersWhoAllLoseAdmitNobodyButOnlyWhereTheyAreEnough() {
    assertThat(decide(List.of(all(10, 0.2)), all(10, 0.1)).least()).isEqualTo(1);
    GateJury.Verdict verdict = decide(List.of(all(200, 0.2)), all(200, 0.1));
    assertThat(verdict.isFor(TEST)).isFalse();
    assertThat(verdict.least()).isEqualTo(101);
    assertThat(verdict.with()).isEmpty();
  }

  @Test
  void shortHistoriesThatLoseAreLeftOutAndTheOthersDecide() {
    double[] bridged = new double[400];
    Arrays.setAll(bridged, u -> u < 160 ? 0.0 : 0.3);
    GateJury.Verdict verdict = decide(List.of(all(400, 0.1)), bridged);
    assertThat(verdict.least()).isEqualTo(81);
    assertThat(verdict.isFor(TEST)).isTrue();
    assertThat(verdict.with()).hasSize(240).containsOnly(0.3);
  }

  @Test
  void theBestFallbackIsTheOneToBeat() {
    double[] bridged = all(100, 0.2);
    assertThat(decide(List.of(all(100, 0.1)), bridged).isFor(TEST)).isTrue();
    GateJury.Verdict verdict = decide(List.of(all(100, 0.1), all(100, 0.25)), bridged);
    assertThat(verdict.isFor(TEST)).isFalse();
    assertThat(verdict.difference().users()).isZero();
  }

  /** The first half of the users takes the one for its best, the second the other. */
  @Test
  void aFallbackThatOneHalfDidNotChooseMustNotBeBetterThere() {
    int users = 200;
    double[] steady = all(users, 0.2);
    double[] better = new double[users];
    Arrays.setAll(better, u -> u % 2 == 0 ? 0.1 : 0.28);
    double[] bridged = all(users, 0.25);
    GateJury.Verdict verdict = decide(List.of(steady, better), bridged);
    assertThat(decide(List.of(steady), bridged).isFor(TEST)).isTrue();
    assertThat(verdict.bothGain()).isFalse();
    assertThat(verdict.isFor(TEST)).isFalse();
  }

  @Test
  void aReasonIsGivenForEveryOutcome() {
    Interval above = new Interval(0.1, 0.05, 0.15, GateDecision.MIN_USERS);
    Interval across = new Interval(0.1, -0.05, 0.15, GateDecision.MIN_USERS);
    Interval few = new Interval(0.1, 0.05, 0.15, 12);
    assertThat(decision(true, above).reason()).contains("lies above zero");
    assertThat(decision(false, above).reason())
        .isEqualTo("one half of the users gains nothing over one of the fallbacks");
    assertThat(decision(false, across).reason()).contains("does not lie above zero");
    assertThat(decision(false, few).reason()).isEqualTo("only 12 users decide, 40 are needed");
    assertThat(decision(false, few).admits(100)).isFalse();
    assertThat(decision(true, above).admits(1)).isTrue();
  }

  private static GateDecision decision(boolean enabled, Interval difference) {
    return new GateDecision(enabled, "ndcg@10", 0.2, 0.1, difference, 1, 0, PairTest.alone(0.01));
  }

  /** Each half would choose a bridge that is good for itself alone. */
  @Test
  void aChoiceThatIsGoodForItsOwnHalfOnlyGainsNothing() {
    int users = 200;
    double[] first = new double[users];
    double[] second = new double[users];
    Arrays.setAll(first, u -> u % 2 == 0 ? 0.5 : 0.0);
    Arrays.setAll(second, u -> u % 2 == 1 ? 0.5 : 0.0);
    GateJury.Verdict verdict =
        new GateJury(List.of(all(users, 0.1)), lengths(users))
            .decide(List.of(first, second), first, new SplittableRandom(4));
    assertThat(verdict.isFor(TEST)).isFalse();
    assertThat(verdict.difference().mean()).isCloseTo(-0.1, within(1e-9));
  }
}
