package dev.thaw.models.bandit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.Repairs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Against the matrices of Li et al., WWW 2010, written out and inverted. */
class LinUcbTest {
  private static final int ARMS = 4;
  private static final int D = 3;
  private static final int K = 2;
  private static final double ALPHA = 0.7;
  private static final List<Arm> LIST = new ArrayList<>();

  static {
    for (int i = 0; i < ARMS; i++) {
      LIST.add(new Arm(ItemId.of("i" + i), new BetaPrior(1, 1)));
    }
  }

  private record Seen(int arm, float[] features, double reward) {}

  /** The last arm is never seen. */
  private static List<Seen> observations(int dimension) {
    SplittableRandom random = new SplittableRandom(31);
    List<Seen> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(new Seen(i % (ARMS - 1), features(dimension, random), random.nextDouble()));
    }
    return all;
  }

  private static float[] features(int dimension, SplittableRandom random) {
    float[] x = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      x[j] = (float) random.nextGaussian();
    }
    return x;
  }

  private static SimpleMatrix column(float[] x, int from, int to) {
    SimpleMatrix column = new SimpleMatrix(to - from, 1);
    for (int j = from; j < to; j++) {
      column.set(j - from, x[j]);
    }
    return column;
  }

  @Test
  void disjointModelIsAlgorithm1() {
    RidgeLearner learner = new RidgeLearner(new LinearPrior(D, 1), arm -> true, Fading.NONE);
    SimpleMatrix[] a = new SimpleMatrix[ARMS];
    SimpleMatrix[] b = new SimpleMatrix[ARMS];
    Arrays.setAll(a, i -> SimpleMatrix.identity(D));
    Arrays.setAll(b, i -> new SimpleMatrix(D, 1));
    for (Seen each : observations(D)) {
      learner.observe(LIST.get(each.arm).item(), each.features, each.reward, 0);
      SimpleMatrix x = column(each.features, 0, D);
      a[each.arm] = a[each.arm].plus(x.mult(x.transpose()));
      b[each.arm] = b[each.arm].plus(x.scale(each.reward));
    }
    float[] now = features(D, new SplittableRandom(32));
    SimpleMatrix x = column(now, 0, D);
    Scores scores = learner.snapshot("v", 0).scores(LIST, Contexts.shared(now));
    for (int i = 0; i < ARMS; i++) {
      SimpleMatrix theta = a[i].invert().mult(b[i]);
      double mean = theta.dot(x);
      double deviation = Math.sqrt(x.transpose().mult(a[i].invert()).mult(x).get(0));
      assertThat(scores.mean(i)).isCloseTo(mean, offset(1e-9));
      assertThat(scores.deviation(i)).isCloseTo(deviation, offset(1e-9));
      assertThat(scores.upper(ALPHA)[i]).isCloseTo(mean + ALPHA * deviation, offset(1e-9));
    }
    assertThat(scores.meanProducts()).isEqualTo(ARMS * D);
    assertThat(scores.varianceProducts()).isEqualTo(ARMS * D * (D + 1));
  }

  @Test
  void hybridModelIsAlgorithm2() {
    HybridLearner learner =
        new HybridLearner(new LinearPrior(K, 1), new LinearPrior(D, 1), arm -> true);
    SimpleMatrix a0 = SimpleMatrix.identity(K);
    SimpleMatrix b0 = new SimpleMatrix(K, 1);
    SimpleMatrix[] a = new SimpleMatrix[ARMS];
    SimpleMatrix[] b = new SimpleMatrix[ARMS];
    SimpleMatrix[] cross = new SimpleMatrix[ARMS];
    Arrays.setAll(a, i -> SimpleMatrix.identity(D));
    Arrays.setAll(b, i -> new SimpleMatrix(D, 1));
    Arrays.setAll(cross, i -> new SimpleMatrix(D, K));
    for (Seen each : observations(K + D)) {
      int i = each.arm;
      learner.observe(LIST.get(i).item(), each.features, each.reward, 0);
      SimpleMatrix z = column(each.features, 0, K);
      SimpleMatrix x = column(each.features, K, K + D);
      // lines 17 to 23
      a0 = a0.plus(cross[i].transpose().mult(a[i].invert()).mult(cross[i]));
      b0 = b0.plus(cross[i].transpose().mult(a[i].invert()).mult(b[i]));
      a[i] = a[i].plus(x.mult(x.transpose()));
      cross[i] = cross[i].plus(x.mult(z.transpose()));
      b[i] = b[i].plus(x.scale(each.reward));
      a0 =
          a0.plus(z.mult(z.transpose()))
              .minus(cross[i].transpose().mult(a[i].invert()).mult(cross[i]));
      b0 = b0.plus(z.scale(each.reward)).minus(cross[i].transpose().mult(a[i].invert()).mult(b[i]));
    }
    float[] now = features(K + D, new SplittableRandom(33));
    SimpleMatrix z = column(now, 0, K);
    SimpleMatrix x = column(now, K, K + D);
    SimpleMatrix beta = a0.invert().mult(b0);
    Scores scores = learner.snapshot("v", 0).scores(LIST, Contexts.shared(now));
    for (int i = 0; i < ARMS; i++) {
      SimpleMatrix inverse = a[i].invert();
      SimpleMatrix theta = inverse.mult(b[i].minus(cross[i].mult(beta)));
      SimpleMatrix zero = z.transpose().mult(a0.invert());
      SimpleMatrix through = inverse.mult(x);
      SimpleMatrix back = cross[i].transpose().mult(through);
      // line 12
      SimpleMatrix s =
          zero.mult(z)
              .minus(zero.mult(back).scale(2))
              .plus(x.transpose().mult(through))
              .plus(back.transpose().mult(a0.invert()).mult(back));
      assertThat(scores.mean(i)).isCloseTo(z.dot(beta) + x.dot(theta), offset(1e-9));
      assertThat(scores.deviation(i)).isCloseTo(Math.sqrt(s.get(0)), offset(1e-9));
    }
  }

  @Test
  void fadedAndMergedStatisticsAreTheirDefinition() {
    Fading fading = Fading.ofHalfLife(Duration.ofSeconds(3));
    LinearPrior prior = new LinearPrior(D, 0.5);
    RidgeStatistics whole = new RidgeStatistics(prior, fading);
    RidgeStatistics left = new RidgeStatistics(prior, fading);
    RidgeStatistics right = new RidgeStatistics(prior, fading);
    SimpleMatrix a = SimpleMatrix.identity(D).scale(0.5);
    SimpleMatrix b = new SimpleMatrix(D, 1);
    long now = 20_000;
    int n = 0;
    for (Seen each : observations(D)) {
      long time = 1_000L * (n * 7 % 20);
      double weight = Math.pow(2, -(now - time) / 3_000.0);
      whole.observe(Features.wide(each.features), each.reward, time);
      (n++ < 25 ? left : right).observe(Features.wide(each.features), each.reward, time);
      SimpleMatrix x = column(each.features, 0, D);
      a = a.plus(x.mult(x.transpose()).scale(weight));
      b = b.plus(x.scale(weight * each.reward));
    }
    left.merge(right);
    SimpleMatrix theta = a.invert().mult(b);
    for (RidgeStatistics each : List.of(whole, left)) {
      RidgePosterior posterior = each.posterior(now);
      double[] unit = new double[D];
      for (int j = 0; j < D; j++) {
        Arrays.fill(unit, 0);
        unit[j] = 1;
        assertThat(posterior.mean(unit)).isCloseTo(theta.get(j), offset(1e-9));
        assertThat(posterior.variance(unit)).isCloseTo(a.invert().get(j, j), offset(1e-9));
      }
      assertThat(each.repairs()).isEqualTo(Repairs.NONE);
    }
  }

  @Test
  void anInverseThatRoundingHasSpoiltIsMadeAnewAndCounted() {
    RidgeStatistics statistics = new RidgeStatistics(new LinearPrior(2, 1), Fading.NONE);
    statistics.observe(new double[] {1e10, 0}, 1, 0);
    assertThat(statistics.repairs()).isEqualTo(Repairs.ONE_INVERTED);
    assertThat(statistics.posterior(0).variance(new double[] {1, 0}))
        .isCloseTo(1e-20, offset(1e-30));
    assertThat(statistics.posterior(0).variance(new double[] {0, 1})).isEqualTo(1);
  }

  @Test
  void whatHasNoInverseFallsBackToThePriorAndIsCounted() {
    RidgeStatistics statistics = new RidgeStatistics(new LinearPrior(2, 1), Fading.NONE);
    statistics.observe(new double[] {1e12, 1e12}, 1, 0);
    assertThat(statistics.repairs().toPrior()).isEqualTo(1);
    assertThat(statistics.posterior(0).variance(new double[] {3, 4})).isEqualTo(25);

    for (double broken : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -5}) {
      RidgeStatistics restored =
          RidgeStatistics.restored(
              new LinearPrior(2, 1),
              Fading.NONE,
              new double[] {broken, 0, 0, 1},
              new double[] {1, 1},
              9);
      assertThat(restored.repairs()).as("%s", broken).isEqualTo(Repairs.ONE_TO_PRIOR);
      assertThat(restored.posterior(9).mean(new double[] {1, 1})).isZero();
    }
    RidgeStatistics sound =
        RidgeStatistics.restored(
            new LinearPrior(2, 1), Fading.NONE, new double[] {1, 0, 0, 3}, new double[] {1, 8}, 9);
    assertThat(sound.repairs()).isEqualTo(Repairs.NONE);
    assertThat(sound.posterior(9).mean(new double[] {1, 1})).isCloseTo(2.5, offset(1e-12));
  }

  @Test
  void repairsReachTheSnapshot() {
    RidgeLearner learner = new RidgeLearner(new LinearPrior(2, 1), arm -> true, Fading.NONE);
    learner.observe(LIST.get(0).item(), new float[] {1e10f, 0}, 1, 0);
    learner.observe(LIST.get(1).item(), new float[] {1, 0}, 1, 0);
    assertThat(learner.snapshot("v", 0).repairs()).isEqualTo(Repairs.ONE_INVERTED);
  }

  @Test
  void badObservationsAndRequestsAreRefused() {
    RidgeLearner learner =
        new RidgeLearner(new LinearPrior(D, 1), arm -> !arm.value().equals("gone"), Fading.NONE);
    ItemId arm = LIST.get(0).item();
    assertThatThrownBy(() -> learner.observe(ItemId.of("gone"), new float[D], 1, 0))
        .hasMessage("arm must be a known one, was gone");
    assertThatThrownBy(() -> learner.observe(arm, new float[2], 1, 0))
        .hasMessage("features must be 3, were 2");
    assertThatThrownBy(() -> learner.observe(arm, new float[] {1, 2, Float.NaN}, 1, 0))
        .hasMessage("feature 2 must be finite, was NaN");
    assertThatThrownBy(() -> learner.observe(arm, new float[D], -1, 0))
        .hasMessage("reward must be in [0, 1e6], was -1.0");
    RidgeSnapshot snapshot = learner.snapshot("v", 0);
    assertThatThrownBy(() -> snapshot.scores(LIST, Contexts.NONE))
        .hasMessage("features must be 3, were 0");
    assertThatThrownBy(() -> new LinearPrior(0, 1)).hasMessageContaining("[1, 4096], was 0");
    assertThatThrownBy(() -> new LinearPrior(1, 0)).hasMessageContaining("was 0.0");
  }

  @Test
  void greedyWithoutWidthAndBoldWithIt() {
    RidgeLearner learner = new RidgeLearner(new LinearPrior(1, 1), arm -> true, Fading.NONE);
    for (int i = 0; i < 50; i++) {
      learner.observe(LIST.get(0).item(), new float[] {1}, 1, 0);
    }
    Decision<RidgeSnapshot> decision =
        new Decision<>(
            learner.snapshot("v", 0), LIST.subList(0, 2), Contexts.shared(new float[] {1}), 0);
    SplittableRandom random = new SplittableRandom(1);
    assertThat(new LinUcb<RidgeSnapshot>(0, 0).probabilities(decision, random))
        .containsExactly(1, 0);
    // 50/51 + 2 sqrt(1/51) = 1.26 against 0 + 2
    assertThat(new LinUcb<RidgeSnapshot>(2, 0).probabilities(decision, random))
        .containsExactly(0, 1);
  }
}
