package dev.thaw.models.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BetaThompsonTest {
  private static final BetaThompson BANDIT = new BetaThompson(50, 0.05);

  private static List<Arm> arms(int n) {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      arms.add(new Arm(ItemId.of("i" + i), BetaPrior.ofMean(0.05, 20)));
    }
    return arms;
  }

  private static PosteriorSnapshot evidence(int n) {
    Map<ItemId, ArmEvidence> evidence = new HashMap<>();
    for (int i = 0; i < n; i++) {
      evidence.put(ItemId.of("i" + i), new ArmEvidence(30L * i, i));
    }
    return new PosteriorSnapshot("v7", evidence);
  }

  @Test
  void policyIsADistributionAboveTheFloor() {
    for (int n : new int[] {1, 2, 10, 100, 500}) {
      double[] q = BANDIT.policy(evidence(n), arms(n), new SplittableRandom(n));
      assertThat(Arrays.stream(q).sum()).isCloseTo(1, offset(1e-9));
      assertThat(Arrays.stream(q).min().orElseThrow()).isGreaterThanOrEqualTo(0.05 / n - 1e-15);
    }
  }

  @Test
  void policyApproachesTheProbabilityOfBeingBest() {
    PosteriorSnapshot snapshot =
        new PosteriorSnapshot("v", Map.of(ItemId.of("i1"), new ArmEvidence(4, 3)));
    List<Arm> arms =
        List.of(
            new Arm(ItemId.of("i0"), new BetaPrior(1, 1)),
            new Arm(ItemId.of("i1"), new BetaPrior(1, 1)));
    double[] q = new BetaThompson(100_000, 1e-9).policy(snapshot, arms, new SplittableRandom(1));
    // P(Beta(4, 2) > U) = E[Beta(4, 2)] = 2/3
    assertThat(q[1]).isCloseTo(2.0 / 3, offset(0.006));
  }

  @Test
  void hopelessArmKeepsExactlyTheFloor() {
    PosteriorSnapshot snapshot =
        new PosteriorSnapshot(
            "v",
            Map.of(
                ItemId.of("i0"), new ArmEvidence(100_000, 10),
                ItemId.of("i1"), new ArmEvidence(100_000, 50_000)));
    double[] q = BANDIT.policy(snapshot, arms(2), new SplittableRandom(3));
    assertThat(q[0]).isEqualTo(0.05 / 2);
  }

  @Test
  void choicesOfOneSnapshotHaveTheLoggedPropensities() {
    int n = 6;
    int rounds = 100_000;
    List<Arm> arms = arms(n);
    SplittableRandom random = new SplittableRandom(11);
    double[] q = BANDIT.policy(evidence(n), arms, random);
    Map<List<Integer>, Integer> observed = new HashMap<>();
    for (int i = 0; i < rounds; i++) {
      List<BanditDecision.Choice> choices = BetaThompson.sample(q, arms, 2, random);
      observed.merge(List.of(choices.get(0).arm(), choices.get(1).arm()), 1, Integer::sum);
      assertThat(choices.get(0).propensity()).isCloseTo(q[choices.get(0).arm()], offset(1e-12));
    }
    double g = 0;
    for (var pair : observed.entrySet()) {
      int first = pair.getKey().get(0);
      int second = pair.getKey().get(1);
      assertThat(second).isNotEqualTo(first);
      double expected = rounds * q[first] * q[second] / (1 - q[first]);
      g += 2 * pair.getValue() * Math.log(pair.getValue() / expected);
    }
    // 30 ordered pairs: chi-squared of 29 degrees of freedom, 99.9 % at 58.3
    assertThat(g).isLessThan(58.3);
  }

  @Test
  void propensitiesHoldAcrossRequestsThoughEachDrawsItsOwnPolicy() {
    int n = 5;
    int rounds = 20_000;
    List<Arm> arms = arms(n);
    PosteriorSnapshot snapshot = evidence(n);
    SplittableRandom random = new SplittableRandom(12);
    double[] target = {0.1, 0.3, 0.2, 0.25, 0.15};
    double sum = 0;
    double squares = 0;
    double[] surplus = new double[n];
    double[] variance = new double[n];
    for (int i = 0; i < rounds; i++) {
      double[] q = BANDIT.policy(snapshot, arms, random.split());
      BanditDecision.Choice choice = BetaThompson.sample(q, arms, 1, random).get(0);
      double ratio = target[choice.arm()] / choice.propensity();
      sum += ratio;
      squares += ratio * ratio;
      for (int arm = 0; arm < n; arm++) {
        surplus[arm] += (choice.arm() == arm ? 1 : 0) - q[arm];
        variance[arm] += q[arm] * (1 - q[arm]);
      }
    }
    double mean = sum / rounds;
    double error = Math.sqrt((squares / rounds - mean * mean) / rounds);
    assertThat(mean).as("mean of pi_e / pi_0").isCloseTo(1, offset(4 * error));
    for (int arm = 0; arm < n; arm++) {
      assertThat(Math.abs(surplus[arm]) / Math.sqrt(variance[arm])).isLessThan(4);
    }
  }

  @Test
  void jointPropensityIsTheProductAndTwoSlotsDiffer() {
    BanditDecision decision = BANDIT.choose(evidence(9), arms(9), 2, new SplittableRandom(4));
    BanditDecision.Choice first = decision.choices().get(0);
    BanditDecision.Choice second = decision.choices().get(1);
    assertThat(decision.posteriorVersion()).isEqualTo("v7");
    assertThat(second.item()).isNotEqualTo(first.item());
    assertThat(decision.jointPropensity()).isEqualTo(first.propensity() * second.propensity());
  }

  @Test
  void sameSeedSameDecision() {
    BanditDecision once = BANDIT.choose(evidence(50), arms(50), 2, new SplittableRandom(5));
    BanditDecision again = BANDIT.choose(evidence(50), arms(50), 2, new SplittableRandom(5));
    assertThat(again).isEqualTo(once);
  }

  @Test
  void fewerArmsThanSlotsFillWhatTheyCan() {
    BanditDecision decision = BANDIT.choose(evidence(1), arms(1), 2, new SplittableRandom(6));
    assertThat(decision.choices())
        .containsExactly(new BanditDecision.Choice(0, 0, ItemId.of("i0"), 1));
    BanditDecision two = BANDIT.choose(evidence(2), arms(2), 2, new SplittableRandom(6));
    assertThat(two.choices()).hasSize(2);
    assertThat(two.choices().get(1).propensity()).isEqualTo(1);
  }

  @Test
  void itemsWithoutMetadataAreExploredMore() {
    List<Arm> arms = new ArrayList<>(arms(20));
    arms.add(new Arm(ItemId.of("new"), ArmPriors.DEFAULT.withoutMetadata(0.05)));
    double[] q =
        new BetaThompson(20_000, 0.01)
            .policy(PosteriorSnapshot.EMPTY, arms, new SplittableRandom(7));
    assertThat(q[20]).isGreaterThan(1.5 / 21);
  }

  @Test
  void rankMovesTheMeanByTheSpread() {
    double base = 0x1p-5;
    assertThat(ArmPriors.DEFAULT.ranked(base, 1).mean()).isCloseTo(2 * base, offset(1e-12));
    assertThat(ArmPriors.DEFAULT.ranked(base, 0).mean()).isCloseTo(base / 2, offset(1e-12));
    assertThat(ArmPriors.DEFAULT.ranked(0.04, 0.5).mean()).isBetween(0.038, 0.042);
    assertThat(ArmPriors.DEFAULT.ranked(0.04, 0.5))
        .isEqualTo(ArmPriors.DEFAULT.ranked(0.0405, 0.5));
  }

  @Test
  void pooledDrawsWinAsOftenAsFreshOnes() {
    int n = 8;
    double[] alpha = {1, 1, 1, 1, 2, 3, 0.1, 5};
    double[] beta = {19, 19, 19, 19, 38, 40, 1.9, 100};
    SplittableRandom random = new SplittableRandom(8);
    double[] pooled = new double[n];
    int requests = 4_000;
    PosteriorDraws pools = new PosteriorDraws();
    for (int i = 0; i < requests; i++) {
      int[] wins = WinnerFrequencies.pooled(pools, alpha, beta, 100, random);
      for (int arm = 0; arm < n; arm++) {
        pooled[arm] += wins[arm] / (100.0 * requests);
      }
    }
    int[] fresh = WinnerFrequencies.fresh(alpha, beta, 400_000, random);
    for (int arm = 0; arm < n; arm++) {
      assertThat(pooled[arm]).as("arm %s", arm).isCloseTo(fresh[arm] / 400_000.0, offset(0.02));
    }
  }

  @Test
  void armsThatShareAPoolShareItsTies() {
    int n = 60;
    double[] alpha = new double[n];
    double[] beta = new double[n];
    Arrays.fill(alpha, 1);
    Arrays.fill(beta, 19);
    SplittableRandom random = new SplittableRandom(9);
    PosteriorDraws pools = new PosteriorDraws();
    double first = 0;
    double last = 0;
    for (int i = 0; i < 4_000; i++) {
      int[] wins = WinnerFrequencies.pooled(pools, alpha, beta, 100, random);
      for (int arm = 0; arm < 10; arm++) {
        first += wins[arm];
        last += wins[n - 1 - arm];
      }
    }
    assertThat(first / last).isCloseTo(1, offset(0.04));
  }

  @Test
  void decisionDoesNotDependOnWhatWasCached() {
    BetaThompson used = new BetaThompson(200, 0.01);
    for (int n = 1; n < 60; n++) {
      used.choose(evidence(n), arms(n), 2, new SplittableRandom(n));
    }
    assertThat(used.choose(evidence(50), arms(50), 2, new SplittableRandom(5)))
        .isEqualTo(
            new BetaThompson(200, 0.01).choose(evidence(50), arms(50), 2, new SplittableRandom(5)));
  }

  @Test
  void impossibleCallsAreRefused() {
    SplittableRandom random = new SplittableRandom(1);
    assertThatThrownBy(() -> BANDIT.choose(PosteriorSnapshot.EMPTY, List.of(), 1, random))
        .hasMessage("eligible arms must be in [1, 500], were 0");
    assertThatThrownBy(() -> BANDIT.choose(PosteriorSnapshot.EMPTY, arms(501), 1, random))
        .hasMessage("eligible arms must be in [1, 500], were 501");
    assertThatThrownBy(() -> BANDIT.choose(PosteriorSnapshot.EMPTY, arms(5), 0, random))
        .hasMessage("slots must be >= 1, was 0");
    List<Arm> twice = List.of(arms(1).get(0), arms(1).get(0));
    assertThatThrownBy(() -> BANDIT.choose(PosteriorSnapshot.EMPTY, twice, 1, random))
        .hasMessage("eligible arms must differ, twice i0");
    assertThatThrownBy(() -> new BetaThompson(200, 0)).hasMessageContaining("(0, 1], was 0.0");
    assertThatThrownBy(() -> new BetaPrior(0, 1)).hasMessageContaining("were 0.0 and 1.0");
    assertThatThrownBy(() -> new ArmEvidence(1, 2)).hasMessageContaining("were 2.0 of 1");
  }
}
