package dev.thaw.models.bandit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.models.bandit.UniformPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class LinearThompsonTest {
  private static final LinearPrior PRIOR = new LinearPrior(4, 1);
  private static final ItemId A = ItemId.of("i0");

  private static List<Arm> arms(int n) {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      arms.add(new Arm(ItemId.of("i" + i), new BetaPrior(1, 1)));
    }
    return arms;
  }

  private static float[] features(int d, SplittableRandom random) {
    float[] x = new float[d];
    for (int j = 0; j < d; j++) {
      x[j] = (float) random.nextGaussian();
    }
    return x;
  }

  @Test
  void scoresAreDistributedAsDrawsOfTheWeights() {
    SplittableRandom random = new SplittableRandom(41);
    DiagonalStatistics statistics = new DiagonalStatistics(PRIOR, Fading.NONE);
    DiagonalLearner learner = new DiagonalLearner(PRIOR, arm -> true, Fading.NONE);
    for (int i = 0; i < 20; i++) {
      float[] x = features(4, random);
      double reward = random.nextDouble();
      statistics.observe(x, reward, 0);
      learner.observe(A, x, reward, 0);
    }
    float[] x = features(4, random);
    Scores scores = learner.snapshot("v", 0).scores(arms(1), Contexts.shared(x));
    int n = 4_000;
    double noise = 0.6;
    double[] drawn = new double[n];
    double[] direct = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 4; j++) {
        double p = 1 + statistics.precision()[j];
        double theta = statistics.moment()[j] / p + noise / Math.sqrt(p) * random.nextGaussian();
        drawn[i] += x[j] * theta;
      }
      direct[i] = scores.mean(0) + noise * scores.deviation(0) * random.nextGaussian();
    }
    assertThat(KolmogorovSmirnovTest.withDefaults().test(drawn, direct).getPValue())
        .isGreaterThan(1e-3);
  }

  @Test
  void winnersAreAsOftenBestAsTheirScoresSay() {
    // P(N(0.3, 0.4^2) > N(0, 0.3^2)) = Phi(0.3 / 0.5) = 0.7257
    Scores scores = new Scores(new double[] {0.3, 0}, new double[] {0.8, 0.6}, 0, 0);
    int[] wins = scores.winners(0.5, 100_000, new SplittableRandom(42));
    assertThat(wins[0] / 100_000.0).isCloseTo(0.7257, offset(4 * 0.0014));
  }

  @Test
  void withOneFeatureAtATimeTheDiagonalIsAllThereIs() {
    RidgeLearner full = new RidgeLearner(PRIOR, arm -> true, Fading.NONE);
    DiagonalLearner diagonal = new DiagonalLearner(PRIOR, arm -> true, Fading.NONE);
    SplittableRandom random = new SplittableRandom(43);
    for (int i = 0; i < 40; i++) {
      float[] x = new float[4];
      x[random.nextInt(4)] = (float) random.nextGaussian();
      double reward = random.nextDouble();
      full.observe(A, x, reward, 0);
      diagonal.observe(A, x, reward, 0);
    }
    Contexts now = Contexts.shared(features(4, random));
    Scores exact = full.snapshot("v", 0).scores(arms(2), now);
    Scores scores = diagonal.snapshot("v", 0).scores(arms(2), now);
    for (int i = 0; i < 2; i++) {
      assertThat(scores.mean(i)).isCloseTo(exact.mean(i), offset(1e-5));
      assertThat(scores.deviation(i)).isCloseTo(exact.deviation(i), offset(1e-5));
    }
  }

  @Test
  void featuresThatGoTogetherAreNotCountedTwice() {
    DiagonalLearner learner = new DiagonalLearner(PRIOR, arm -> true, Fading.NONE);
    float[] same = {1, 1, 1, 1};
    for (int i = 0; i < 200; i++) {
      learner.observe(A, same, 0.5, 0);
    }
    // b / diag(A) would say 4 x 0.5
    assertThat(learner.snapshot("v", 0).scores(arms(1), Contexts.shared(same)).mean(0))
        .isCloseTo(0.5, offset(0.01));
  }

  @Test
  void allArmsAtOnceAreScoredAsOneByOne() {
    int n = 150;
    DiagonalLearner learner = new DiagonalLearner(PRIOR, arm -> true, Fading.NONE);
    SplittableRandom random = new SplittableRandom(44);
    for (int i = 0; i < 3 * n; i++) {
      learner.observe(ItemId.of("i" + i % n), features(4, random), random.nextDouble(), 0);
    }
    DiagonalSnapshot snapshot = learner.snapshot("v", 0);
    float[] x = features(4, random);
    Scores all = snapshot.all(x);
    Scores each = snapshot.scores(arms(n), Contexts.shared(x));
    assertThat(snapshot.arms()).hasSize(n);
    for (int i = 0; i < n; i++) {
      int place = Integer.parseInt(snapshot.arms().get(i).value().substring(1));
      assertThat(all.mean(i)).isCloseTo(each.mean(place), offset(1e-6));
      assertThat(all.deviation(i)).isCloseTo(each.deviation(place), offset(1e-6));
    }
    assertThat(List.of(all.meanProducts(), all.varianceProducts())).containsOnly(n * 4L);
    assertThat(List.of(each.meanProducts(), each.varianceProducts())).containsOnly(n * 4L);
    int[] shortlist = all.shortlist(20, 2);
    double lowest = all.upper(2)[shortlist[19]];
    assertThat(Arrays.stream(all.upper(2)).filter(upper -> upper > lowest + 1e-6).count())
        .isLessThan(20);
  }

  @Test
  void mergingEqualsLearningInTurnWhereNothingIsLost() {
    Fading fading = Fading.ofHalfLife(Duration.ofSeconds(10));
    DiagonalStatistics whole = new DiagonalStatistics(PRIOR, fading);
    List<DiagonalStatistics> parts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      parts.add(new DiagonalStatistics(PRIOR, fading));
    }
    SplittableRandom random = new SplittableRandom(45);
    for (int i = 0; i < 60; i++) {
      float[] x = new float[4];
      x[random.nextInt(4)] = (float) random.nextGaussian();
      double reward = random.nextDouble();
      long time = random.nextInt(20_000);
      whole.observe(x, reward, time);
      parts.get(i % 3).observe(x, reward, time);
    }
    parts.get(1).merge(parts.get(2));
    parts.get(0).merge(parts.get(1));
    assertThat(parts.get(0).frontier()).isEqualTo(whole.frontier());
    for (int j = 0; j < 4; j++) {
      assertThat(parts.get(0).precision()[j]).isCloseTo(whole.precision()[j], offset(1e-9));
      assertThat(parts.get(0).moment()[j]).isCloseTo(whole.moment()[j], offset(1e-9));
    }
  }

  @Test
  void whatFadesFallsBackToThePrior() {
    DiagonalLearner learner =
        new DiagonalLearner(PRIOR, arm -> true, Fading.ofHalfLife(Duration.ofSeconds(1)));
    float[] x = {1, 0, 0, 0};
    learner.observe(A, x, 1, 0);
    Scores fresh = learner.snapshot("v", 0).scores(arms(1), Contexts.shared(x));
    assertThat(fresh.mean(0)).isCloseTo(0.5, offset(1e-6));
    // s = 1/4: h / (1 + s) = 0.25 / 1.25
    Scores old = learner.snapshot("v", 2_000).scores(arms(1), Contexts.shared(x));
    assertThat(old.mean(0)).isCloseTo(0.2, offset(1e-6));
    assertThat(old.deviation(0)).isCloseTo(Math.sqrt(0.8), offset(1e-6));
  }

  /** Regret on a planted linear world of 10 arms, each with weights of its own. */
  private static <E extends LinearEvidence> double regret(
      ExplorationPolicy<E> policy, BanditLearner<E> learner) {
    SplittableRandom random = new SplittableRandom(46);
    double[][] theta = new double[10][4];
    for (double[] each : theta) {
      for (int j = 0; j < 4; j++) {
        each[j] = 0.15 * random.nextGaussian();
      }
    }
    double regret = 0;
    for (int t = 0; t < 2_500; t++) {
      float[] x = features(4, random);
      Decision<E> decision =
          new Decision<>(learner.snapshot("v", t), arms(10), Contexts.shared(x), t);
      BanditDecision.Choice choice =
          SlotSampler.choose(policy, decision, 1, random).choices().get(0);
      double best = Double.NEGATIVE_INFINITY;
      for (double[] each : theta) {
        best = Math.max(best, rate(each, x));
      }
      double rate = rate(theta[choice.arm()], x);
      regret += best - rate;
      learner.observe(choice.item(), x, random.nextDouble() < rate ? 1 : 0, t);
    }
    return regret;
  }

  private static double rate(double[] theta, float[] x) {
    double rate = 0.5;
    for (int j = 0; j < x.length; j++) {
      rate += theta[j] * x[j];
    }
    return Math.min(1, Math.max(0, rate));
  }

  @Test
  void learningPoliciesBeatTheUniformOne() {
    double uniform =
        regret(new UniformPolicy<>(), new DiagonalLearner(PRIOR, arm -> true, Fading.NONE));
    double diagonal =
        regret(
            new LinearThompson<>(0.3, 50, 0.01),
            new DiagonalLearner(PRIOR, arm -> true, Fading.NONE));
    double full =
        regret(
            new LinearThompson<>(0.3, 50, 0.01), new RidgeLearner(PRIOR, arm -> true, Fading.NONE));
    double linUcb =
        regret(new LinUcb<>(0.5, 0.01), new RidgeLearner(PRIOR, arm -> true, Fading.NONE));
    assertThat(diagonal).isLessThan(0.4 * uniform);
    assertThat(full).isLessThan(0.4 * uniform);
    assertThat(linUcb).isLessThan(0.4 * uniform);
  }
}
