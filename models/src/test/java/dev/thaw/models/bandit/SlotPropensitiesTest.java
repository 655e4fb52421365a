package dev.thaw.models.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.linear.DiagonalLearner;
import dev.thaw.models.bandit.linear.HybridLearner;
import dev.thaw.models.bandit.linear.LinUcb;
import dev.thaw.models.bandit.linear.LinearPrior;
import dev.thaw.models.bandit.linear.LinearThompson;
import dev.thaw.models.bandit.linear.NeuralLinear;
import dev.thaw.models.bandit.linear.NeuralLinearLearner;
import dev.thaw.models.bandit.linear.NormalInverseGammaPrior;
import dev.thaw.models.bandit.linear.RidgeLearner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written down as an arm's chance is its chance, whatever the policy. */
class SlotPropensitiesTest {
  private static final int ARMS = 8;
  private static final int D = 3;
  private static final int DRAWS = 40_000;
  private static final long HOUR = 3_600_000;
  private static final List<Arm> ELIGIBLE = arms();
  private static final Contexts CONTEXTS = contexts();

  /** A policy with the evidence that it decides on. */
  record Case<E extends EvidenceSnapshot>(ExplorationPolicy<E> policy, Decision<E> decision) {
    static <E extends EvidenceSnapshot> Case<E> of(
        ExplorationPolicy<E> policy, BanditLearner<E> learner) {
      return new Case<>(
          policy,
          new Decision<>(taught(learner).snapshot("v7", 30 * HOUR), ELIGIBLE, CONTEXTS, 31 * HOUR));
    }

    static Case<?> ofCounts(ExplorationPolicy<PosteriorSnapshot> policy) {
      return of(
          new Discounted(policy),
          new CountLearner(arm -> true, Fading.ofHalfLife(Duration.ofHours(20))));
    }

    double[] q(long seed) {
      return policy.probabilities(decision, new SplittableRandom(seed));
    }

    BanditDecision choose(int slots, SplittableRandom random) {
      return SlotSampler.choose(policy, decision, slots, random);
    }

    /** The policy of one request, without its own chance. */
    Case<E> fixed(double[] q) {
      return new Case<>(new FixedPolicy<>(q), decision);
    }

    @Override
    public String toString() {
      return policy.version();
    }
  }

  private record FixedPolicy<E extends EvidenceSnapshot>(double[] q)
      implements ExplorationPolicy<E> {
    @Override
    public String version() {
      return "fixed";
    }

    @Override
    public double[] probabilities(Decision<E> decision, SplittableRandom random) {
      return q.clone();
    }

    @Override
    public boolean supportsPropensities() {
      return Arrays.stream(q).allMatch(each -> each > 0);
    }
  }

  private static List<Arm> arms() {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < ARMS; i++) {
      arms.add(new Arm(ItemId.of("i" + i), BetaPrior.ofMean(0.1, 5)));
    }
    return arms;
  }

  private static Contexts contexts() {
    SplittableRandom random = new SplittableRandom(3);
    float[][] rows = new float[ARMS][D];
    for (float[] row : rows) {
      for (int j = 0; j < D; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return Contexts.each(rows);
  }

  /** All arms but the last, each a few times. */
  private static <L extends BanditLearner<?>> L taught(L learner) {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 60; i++) {
      int arm = i % (ARMS - 1);
      double reward = random.nextInt(ARMS) <= arm ? 1 : 0;
      learner.observe(ItemId.of("i" + arm), CONTEXTS.of(arm), reward, i / 2 * HOUR);
    }
    return learner;
  }

  static Stream<Case<?>> withSupport() {
    LinearPrior prior = new LinearPrior(D, 1);
    NormalInverseGammaPrior noisy = new NormalInverseGammaPrior(prior, 2, 0.2);
    Fading fading = Fading.ofHalfLife(Duration.ofHours(50));
    return Stream.of(
        Case.ofCounts(new UniformPolicy<>()),
        Case.ofCounts(new EpsilonGreedy(new Epsilon.Fixed(0.3))),
        Case.ofCounts(new EpsilonGreedy(new Epsilon.Decaying(0.5, 0.5))),
        Case.ofCounts(new Ucb1(1, 0.2)),
        Case.ofCounts(new Softmax(0.2)),
        Case.ofCounts(new BetaThompson(200, 0.05)),
        Case.ofCounts(
            new NewcomerShare<>(new BetaThompson(200, 0.05), 0.2, ItemId.of("i7")::equals)),
        Case.of(new LinUcb<>(0.5, 0.3), new RidgeLearner(prior, arm -> true, Fading.NONE)),
        Case.of(
            new LinUcb<>(0.5, 0.3),
            new HybridLearner(new LinearPrior(1, 1), new LinearPrior(D - 1, 1), arm -> true)),
        Case.of(
            new LinearThompson<>(0.5, 300, 0.05), new DiagonalLearner(prior, arm -> true, fading)),
        Case.of(new LinearThompson<>(0.5, 300, 0.05), new RidgeLearner(prior, arm -> true, fading)),
        Case.of(
            new NeuralLinear(300, 0.05), NeuralLinearLearner.shared(noisy, arm -> true, fading)),
        Case.of(
            new NeuralLinear(300, 0.05), NeuralLinearLearner.eachArm(noisy, arm -> true, fading)));
  }

  static Stream<Case<?>> withoutSupport() {
    return Stream.of(
        Case.ofCounts(new EpsilonGreedy(new Epsilon.Fixed(0))),
        Case.ofCounts(new Ucb1(1, 0)),
        Case.of(
            new LinUcb<>(0.5, 0),
            new RidgeLearner(new LinearPrior(D, 1), arm -> true, Fading.NONE)));
  }

  static Stream<Case<?>> all() {
    return Stream.concat(withSupport(), withoutSupport());
  }

  @ParameterizedTest
  @MethodSource("all")
  void chancesAreADistribution(Case<?> each) {
    double[] q = each.q(1);
    assertThat(q).hasSize(ARMS);
    assertThat(Arrays.stream(q).sum()).isCloseTo(1, offset(1e-12));
    assertThat(Arrays.stream(q).min().orElseThrow()).isGreaterThanOrEqualTo(0);
    assertThat(Arrays.stream(q).allMatch(chance -> chance > 0))
        .as("every arm has a chance")
        .isEqualTo(each.policy().supportsPropensities());
  }

  @ParameterizedTest
  @MethodSource("withSupport")
  void bothSlotsAreChosenAsOftenAsWrittenDown(Case<?> each) {
    double[] q = each.q(2);
    Case<?> fixed = each.fixed(q);
    SplittableRandom random = new SplittableRandom(5);
    long[] first = new long[ARMS];
    long[][] pairs = new long[ARMS][ARMS];
    for (int i = 0; i < DRAWS; i++) {
      List<BanditDecision.Choice> choices = fixed.choose(2, random).choices();
      int one = choices.get(0).arm();
      int two = choices.get(1).arm();
      assertThat(choices.get(0).propensity()).isCloseTo(q[one], offset(1e-12));
      assertThat(choices.get(1).propensity()).isCloseTo(q[two] / (1 - q[one]), offset(1e-12));
      first[one]++;
      pairs[one][two]++;
    }
    GoodnessOfFit.assertFits(each + ", slot 1", q, first, DRAWS);
    double[] chances = new double[ARMS * ARMS];
    for (int i = 0; i < chances.length; i++) {
      int one = i / ARMS;
      int two = i % ARMS;
      chances[i] = one == two ? 0 : q[one] * q[two] / (1 - q[one]);
    }
    GoodnessOfFit.assertFits(
        each + ", both slots",
        chances,
        Arrays.stream(pairs).flatMapToLong(Arrays::stream).toArray(),
        DRAWS);
  }

  @ParameterizedTest
  @MethodSource("withSupport")
  void weightsAverageToOneAcrossRequestsThatEachDrawTheirOwnPolicy(Case<?> logging) {
    int requests = 1_500;
    List<Case<?>> targets = all().toList();
    double[][] targetChances = targets.stream().map(each -> each.q(6)).toArray(double[][]::new);
    double[] sums = new double[targets.size()];
    double[] squares = new double[targets.size()];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < requests; i++) {
      BanditDecision.Choice choice = logging.choose(1, random).choices().get(0);
      for (int t = 0; t < sums.length; t++) {
        double weight = targetChances[t][choice.arm()] / choice.propensity();
        sums[t] += weight;
        squares[t] += weight * weight;
      }
    }
    for (int t = 0; t < sums.length; t++) {
      double mean = sums[t] / requests;
      double error = Math.sqrt(Math.max(0, squares[t] / requests - mean * mean) / requests);
      assertThat(mean)
          .as("mean of %s / %s", targets.get(t), logging)
          .isCloseTo(1, offset(4 * error + 1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("withoutSupport")
  void deterministicPoliciesFillFurtherSlotsWithTheNextBest(Case<?> each) {
    BanditDecision decision = each.choose(ARMS, new SplittableRandom(8));
    assertThat(decision.choices().stream().map(BanditDecision.Choice::arm).distinct())
        .hasSize(ARMS);
    assertThat(decision.choices().get(0).propensity()).isEqualTo(1);
    double[] q = each.q(1);
    assertThat(q[decision.choices().get(0).arm()]).isEqualTo(1);
  }

  @Test
  void armsOfOneScoreShareItsMass() {
    assertThat(new UniformFloor(0.3).underBest(new double[] {1, 3, 3, 2}))
        .containsExactly(0.075, 0.425, 0.425, 0.075);
  }

  @Test
  void whatWasDecidedOnIsWrittenDown() {
    Case<?> each = Case.ofCounts(new Ucb1(1, 0.2));
    BanditDecision decision = each.choose(2, new SplittableRandom(9));
    assertThat(decision.posteriorVersion()).isEqualTo("v7");
    assertThat(decision.policyVersion()).isEqualTo("discounted(ucb1(width=1.0,floor=0.2))");
    assertThat(decision.jointPropensity())
        .isEqualTo(decision.choices().get(0).propensity() * decision.choices().get(1).propensity());
  }

  @Test
  void impossibleDecisionsAreRefused() {
    assertThatThrownBy(
            () ->
                new Decision<>(
                    PosteriorSnapshot.EMPTY, ELIGIBLE, Contexts.each(new float[2][D]), 0))
        .hasMessage("features must be given of each of 8 arms, were of 2");
    assertThatThrownBy(() -> Contexts.each(new float[][] {{1}, {1, 2}}))
        .hasMessage("features of arm 1 must be 1 as those of arm 0, were 2");
    assertThatThrownBy(() -> Contexts.shared(new float[] {0, Float.NaN}))
        .hasMessage("feature 1 must be finite, was NaN");
    assertThatThrownBy(() -> new UniformFloor(1.5)).hasMessageContaining("[0, 1], was 1.5");
    assertThatThrownBy(() -> new Epsilon.Fixed(-0.1)).hasMessageContaining("[0, 1], was -0.1");
    assertThatThrownBy(() -> new Softmax(0)).hasMessageContaining("was 0.0");
    assertThatThrownBy(() -> new Ucb1(Double.NaN, 0)).hasMessageContaining("was NaN");
  }
}
