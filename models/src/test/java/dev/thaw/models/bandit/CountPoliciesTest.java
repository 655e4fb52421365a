package dev.thaw.models.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CountPoliciesTest {
  private static final double[] RATES = {0.1, 0.2, 0.3, 0.4, 0.7};
  private static final float[] NO_FEATURES = {};
  private static final ItemId A = ItemId.of("i0");
  private static final ItemId B = ItemId.of("i1");

  private static List<Arm> arms(int n) {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      arms.add(new Arm(ItemId.of("i" + i), new BetaPrior(1, 1)));
    }
    return arms;
  }

  private static Decision<PosteriorSnapshot> on(Map<ItemId, ArmEvidence> evidence, int n) {
    return Decision.of(new PosteriorSnapshot("v", evidence), arms(n), 0);
  }

  /** What arms earn at a time. */
  private interface World {
    double[] rates(int time);
  }

  /** Regret of a policy that learns after each impression, by the arms' true rates. */
  private static double regret(
      ExplorationPolicy<PosteriorSnapshot> policy, Fading fading, int rounds, World world) {
    SplittableRandom random = new SplittableRandom(21);
    CountLearner learner = new CountLearner(arm -> true, fading);
    Discounted discounted = new Discounted(policy);
    double regret = 0;
    for (int t = 0; t < rounds; t++) {
      double[] rates = world.rates(t);
      Decision<DiscountedSnapshot> decision =
          Decision.of(learner.snapshot("v", t), arms(rates.length), t);
      BanditDecision.Choice choice =
          SlotSampler.choose(discounted, decision, 1, random).choices().get(0);
      double rate = rates[choice.arm()];
      regret += Arrays.stream(rates).max().orElseThrow() - rate;
      learner.observe(choice.item(), NO_FEATURES, random.nextDouble() < rate ? 1 : 0, t);
    }
    return regret;
  }

  @Test
  void learningPoliciesBeatTheUniformOne() {
    int rounds = 4_000;
    double uniform = regret(new UniformPolicy<>(), Fading.NONE, rounds, time -> RATES);
    assertThat(uniform).isCloseTo(rounds * 0.36, offset(rounds * 0.02));
    for (ExplorationPolicy<PosteriorSnapshot> policy :
        List.of(
            new Ucb1(1, 0),
            new BetaThompson(100, 0.001),
            new EpsilonGreedy(new Epsilon.Fixed(0.1)),
            new EpsilonGreedy(new Epsilon.Decaying(5, 0.3)),
            new Softmax(0.05))) {
      assertThat(regret(policy, Fading.NONE, rounds, time -> RATES))
          .as(policy.version())
          .isLessThan(0.35 * uniform);
    }
  }

  @Test
  void discountedUcbFollowsAWorldThatChanges() {
    int rounds = 12_000;
    // the last arm is the best for a while and then the worst, again and again
    World changing = time -> new double[] {0.5, 0.1, time / 1_000 % 2 == 1 ? 0.95 : 0.05};
    Fading fading = Fading.ofHalfLife(Duration.ofMillis(200));
    double faded = regret(new Ucb1(0.5, 0), fading, rounds, changing);
    double kept = regret(new Ucb1(0.5, 0), Fading.NONE, rounds, changing);
    assertThat(faded).isLessThan(0.5 * kept);
  }

  @Test
  void ucb1IsTheIndexOfThePaper() {
    // means 0.5 and 0.4, t = 14: 0.5 + sqrt(2 ln 14 / 10) = 1.226, 0.4 + sqrt(2 ln 14 / 4) = 1.549
    Map<ItemId, ArmEvidence> evidence =
        Map.of(A, new ArmEvidence(10, 5), B, new ArmEvidence(4, 1.6));
    assertThat(new Ucb1(1, 0.2).probabilities(on(evidence, 2), new SplittableRandom(1)))
        .containsExactly(0.1, 0.9);
    // 0.5 + 0.05 * 0.726 = 0.536, 0.4 + 0.05 * 1.149 = 0.457
    assertThat(new Ucb1(0.05, 0).probabilities(on(evidence, 2), new SplittableRandom(1)))
        .containsExactly(1, 0);
    assertThat(new Ucb1(1, 0).probabilities(on(evidence, 4), new SplittableRandom(1)))
        .as("arms never shown come first")
        .containsExactly(0, 0, 0.5, 0.5);
  }

  @Test
  void softmaxIsBoltzmanns() {
    Map<ItemId, ArmEvidence> evidence = Map.of(A, new ArmEvidence(8, 4), B, new ArmEvidence(8, 1));
    double[] q = new Softmax(0.1).probabilities(on(evidence, 2), new SplittableRandom(1));
    // posterior means 0.5 and 0.2
    assertThat(q[0] / q[1]).isCloseTo(Math.exp(3), offset(1e-9));
  }

  @Test
  void epsilonDecaysAsPublished() {
    Epsilon decaying = new Epsilon.Decaying(5, 0.5);
    assertThat(decaying.at(0, 10)).isEqualTo(1);
    assertThat(decaying.at(200, 10)).isEqualTo(1);
    assertThat(decaying.at(2_000, 10)).isCloseTo(0.1, offset(1e-12));
    double[] q =
        new EpsilonGreedy(decaying)
            .probabilities(
                on(Map.of(A, new ArmEvidence(300, 90), B, new ArmEvidence(100, 40)), 2),
                new SplittableRandom(1));
    assertThat(q[0]).isCloseTo(5 * 2 / (0.25 * 400) / 2, offset(1e-12));
  }

  @Test
  void fadedCountsAreTheSumOfTheDefinitionInAnyOrder() {
    long[] times = {5_000, 1_000, 9_000, 9_000, 2_000};
    double[] rewards = {1, 0, 0.5, 1, 1};
    Fading fading = Fading.ofHalfLife(Duration.ofSeconds(2));
    ArmCounts counts = new ArmCounts(fading);
    double n = 0;
    double x = 0;
    for (int i = 0; i < times.length; i++) {
      counts.observe(rewards[i], times[i]);
      double weight = Math.pow(2, -(10_000 - times[i]) / 2_000.0);
      n += weight;
      x += weight * rewards[i];
    }
    assertThat(counts.at(10_000).impressions()).isCloseTo(n, offset(1e-12));
    assertThat(counts.at(10_000).rewards()).isCloseTo(x, offset(1e-12));

    ArmCounts left = new ArmCounts(fading);
    ArmCounts right = new ArmCounts(fading);
    for (int i = 0; i < times.length; i++) {
      (i % 2 == 0 ? left : right).observe(rewards[i], times[i]);
    }
    right.merge(left);
    assertThat(right.at(10_000).impressions()).isCloseTo(n, offset(1e-12));
    assertThat(right.at(10_000).rewards()).isCloseTo(x, offset(1e-12));
  }

  @Test
  void countsGoOnFadingAfterTheSnapshot() {
    CountLearner learner = new CountLearner(arm -> true, Fading.ofHalfLife(Duration.ofSeconds(1)));
    learner.observe(A, NO_FEATURES, 1, 0);
    DiscountedSnapshot snapshot = learner.snapshot("v", 1_000);
    assertThat(snapshot.counts().of(A).impressions()).isCloseTo(0.5, offset(1e-12));
    assertThat(snapshot.at(Decision.of(snapshot, arms(1), 3_000)).of(A).impressions())
        .isCloseTo(0.125, offset(1e-12));
    assertThat(snapshot.at(Decision.of(snapshot, arms(1), 500)).of(A).impressions())
        .as("a clock that is behind takes nothing back")
        .isCloseTo(0.5, offset(1e-12));
  }

  @Test
  void anImpressionOfAClockThatIsAheadFadesOnce() {
    CountLearner learner = new CountLearner(arm -> true, Fading.ofHalfLife(Duration.ofSeconds(1)));
    learner.observe(A, NO_FEATURES, 1, 0);
    learner.observe(B, NO_FEATURES, 1, 2_000);
    DiscountedSnapshot snapshot = learner.snapshot("v", 1_000);
    PosteriorSnapshot later = snapshot.at(Decision.of(snapshot, arms(2), 3_000));
    assertThat(later.of(A).impressions()).isCloseTo(0.125, offset(1e-12));
    assertThat(later.of(B).impressions()).isCloseTo(0.5, offset(1e-12));
  }

  @Test
  void badObservationsAreRefusedAndNothingLearned() {
    CountLearner learner = new CountLearner(A::equals, Fading.NONE);
    assertThatThrownBy(() -> learner.observe(B, NO_FEATURES, 1, 0))
        .hasMessage("arm must be a known one, was i1");
    assertThatThrownBy(() -> learner.observe(A, NO_FEATURES, -1, 0))
        .hasMessage("reward must be in [0, 1], was -1.0");
    assertThatThrownBy(() -> learner.observe(A, NO_FEATURES, Double.NaN, 0))
        .hasMessage("reward must be in [0, 1], was NaN");
    assertThat(learner.snapshot("v", 0).counts().evidence()).isEmpty();
  }
}
