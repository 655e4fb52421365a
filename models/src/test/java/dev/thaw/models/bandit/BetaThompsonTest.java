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

  private static double[] policy(
      BetaThompson bandit, PosteriorSnapshot snapshot, List<Arm> arms, SplittableRandom random) {
    return bandit.probabilities(Decision.of(snapshot, arms, 0), random);
  }

  private static BanditDecision choose(
      BetaThompson bandit, PosteriorSnapshot snapshot, List<Arm> arms, int slots, long seed) {
    return SlotSampler.choose(
        bandit, Decision.of(snapshot, arms, 0), slots, new SplittableRandom(seed));
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
      double[] q = policy(BANDIT, evidence(n), arms(n), new SplittableRandom(n));
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
    double[] q = policy(new BetaThompson(100_000, 1e-9), snapshot, arms, new SplittableRandom(1));
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
    double[] q = policy(BANDIT, snapshot, arms(2), new SplittableRandom(3));
    assertThat(q[0]).isEqualTo(0.05 / 2);
  }

  @Test
  void jointPropensityIsTheProductAndTwoSlotsDiffer() {
    BanditDecision decision = choose(BANDIT, evidence(9), arms(9), 2, 4);
    BanditDecision.Choice first = decision.choices().get(0);
    BanditDecision.Choice second = decision.choices().get(1);
    assertThat(decision.posteriorVersion()).isEqualTo("v7");
    assertThat(decision.policyVersion()).isEqualTo("beta-thompson(draws=50,floor=0.05)");
    assertThat(second.item()).isNotEqualTo(first.item());
    assertThat(decision.jointPropensity()).isEqualTo(first.propensity() * second.propensity());
  }

  @Test
  void sameSeedSameDecision() {
    BanditDecision once = choose(BANDIT, evidence(50), arms(50), 2, 5);
    BanditDecision again = choose(BANDIT, evidence(50), arms(50), 2, 5);
    assertThat(again).isEqualTo(once);
  }

  @Test
  void fewerArmsThanSlotsFillWhatTheyCan() {
    BanditDecision decision = choose(BANDIT, evidence(1), arms(1), 2, 6);
    assertThat(decision.choices())
        .containsExactly(new BanditDecision.Choice(0, 0, ItemId.of("i0"), 1));
    BanditDecision two = choose(BANDIT, evidence(2), arms(2), 2, 6);
    assertThat(two.choices()).hasSize(2);
    assertThat(two.choices().get(1).propensity()).isEqualTo(1);
  }

  @Test
  void itemsWithoutMetadataAreExploredMore() {
    List<Arm> arms = new ArrayList<>(arms(20));
    arms.add(new Arm(ItemId.of("new"), ArmPriors.DEFAULT.withoutMetadata(0.05)));
    double[] q =
        policy(
            new BetaThompson(20_000, 0.01), PosteriorSnapshot.EMPTY, arms, new SplittableRandom(7));
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
      choose(used, evidence(n), arms(n), 2, n);
    }
    assertThat(choose(used, evidence(50), arms(50), 2, 5))
        .isEqualTo(choose(new BetaThompson(200, 0.01), evidence(50), arms(50), 2, 5));
  }

  @Test
  void impossibleCallsAreRefused() {
    assertThatThrownBy(() -> choose(BANDIT, PosteriorSnapshot.EMPTY, List.of(), 1, 1))
        .hasMessage("eligible arms must be in [1, 500], were 0");
    assertThatThrownBy(() -> choose(BANDIT, PosteriorSnapshot.EMPTY, arms(501), 1, 1))
        .hasMessage("eligible arms must be in [1, 500], were 501");
    assertThatThrownBy(() -> choose(BANDIT, PosteriorSnapshot.EMPTY, arms(5), 0, 1))
        .hasMessage("slots must be >= 1, was 0");
    List<Arm> twice = List.of(arms(1).get(0), arms(1).get(0));
    assertThatThrownBy(() -> choose(BANDIT, PosteriorSnapshot.EMPTY, twice, 1, 1))
        .hasMessage("eligible arms must differ, twice i0");
    assertThatThrownBy(() -> new BetaThompson(200, 0)).hasMessageContaining("(0, 1], was 0.0");
    assertThatThrownBy(() -> new BetaPrior(0, 1)).hasMessageContaining("were 0.0 and 1.0");
    assertThatThrownBy(() -> new ArmEvidence(1, 2)).hasMessageContaining("were 2.0 of 1");
  }
}
