package dev.thaw.models.bandit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class InterceptPriorsTest {
  private static final int D = 5;
  private static final double LAMBDA = 3;
  private static final LinearPrior PRIOR = new LinearPrior(D, LAMBDA);
  private static final InterceptPriors ALL = new InterceptPriors(1, 1e6);
  private static final ItemId A = ItemId.of("a");
  private static final ItemId NEW = ItemId.of("never shown");

  /** Worth 20 impressions of which 2 were rewarded. */
  private static final BetaPrior ASSUMED = new BetaPrior(2, 18);

  private static float[] features(SplittableRandom random) {
    float[] x = new float[D];
    x[0] = 1;
    for (int j = 1; j < D; j++) {
      x[j] = (float) (random.nextGaussian() / 2);
    }
    return x;
  }

  private static LinearSums sums(int shown) {
    SplittableRandom random = new SplittableRandom(shown);
    LinearSums sums = LinearSums.of(D);
    for (int i = 0; i < shown; i++) {
      sums.observe(features(random), random.nextInt(4) == 0 ? 1 : 0, i, Fading.NONE);
    }
    return sums;
  }

  private static Scores scores(
      LinearPosteriors posteriors, InterceptPriors priors, ArmEvidence counted, float[] x) {
    return posteriors
        .snapshot(
            "v", priors, new PosteriorSnapshot("c", Map.of(A, counted)), Fading.NEVER, Fading.NONE)
        .scores(List.of(new Arm(A, ASSUMED), new Arm(NEW, ASSUMED)), Contexts.shared(x));
  }

  /** The regression itself, with the prior and what is outside as rows of their own. */
  private static double[] solved(LinearSums sums, double strength, double rewards, float[] x) {
    SimpleMatrix a = new SimpleMatrix(D, D);
    SimpleMatrix b = new SimpleMatrix(D, 1);
    for (int i = 0, from = 0; i < D; i++) {
      for (int j = 0; j <= i; j++, from++) {
        a.set(i, j, sums.gram()[from]);
        a.set(j, i, sums.gram()[from]);
      }
      a.set(i, i, a.get(i, i) + (i == 0 ? strength : LAMBDA));
      b.set(i, 0, sums.moment()[i] + (i == 0 ? rewards : 0));
    }
    SimpleMatrix point = new SimpleMatrix(D, 1);
    for (int j = 0; j < D; j++) {
      point.set(j, 0, x[j]);
    }
    double diagonal = 0;
    for (int j = 0; j < D; j++) {
      diagonal += x[j] * x[j] / a.get(j, j);
    }
    SimpleMatrix inverse = a.invert();
    return new double[] {
      point.dot(inverse.mult(b)), Math.sqrt(point.dot(inverse.mult(point))), Math.sqrt(diagonal)
    };
  }

  @Test
  void scoresAreThoseOfTheRegressionWithThePriorAsRowsOfItsOwn() {
    SplittableRandom random = new SplittableRandom(8);
    for (int shown : new int[] {1, 7, 400}) {
      LinearSums sums = sums(shown);
      // 30 impressions of an earlier space, 6 of them rewarded
      ArmEvidence counted = new ArmEvidence(shown + 30, sums.counts().rewards() + 6);
      float[] x = features(random);
      double[] wanted = solved(sums, 20 + 30, 2 + 6, x);
      LinearPosteriors ridge = LinearPosteriors.ridge(PRIOR, 9);
      LinearPosteriors diagonal = LinearPosteriors.diagonal(PRIOR);
      ridge.put(A, sums);
      diagonal.put(A, sums);
      Scores full = scores(ridge, ALL, counted, x);
      assertThat(full.mean(0)).isCloseTo(wanted[0], offset(1e-9));
      assertThat(full.deviation(0)).isCloseTo(wanted[1], offset(1e-9));
      Scores narrow = scores(diagonal, ALL, counted, x);
      assertThat(narrow.mean(0)).isCloseTo(wanted[0], offset(1e-6));
      assertThat(narrow.deviation(0)).isCloseTo(wanted[2], offset(1e-6));
    }
  }

  @Test
  void anArmNeverShownBeginsWhereCountsDo() {
    LinearPrior strongest = new LinearPrior(D, 1e6);
    for (LinearPosteriors posteriors :
        List.of(
            LinearPosteriors.ridge(PRIOR, 9),
            LinearPosteriors.diagonal(PRIOR),
            LinearPosteriors.ridge(strongest, 9),
            LinearPosteriors.diagonal(strongest))) {
      Scores scores = scores(posteriors, ALL, ArmEvidence.NONE, new float[] {1, 0, 0, 0, 0});
      assertThat(scores.mean(1)).isCloseTo(ASSUMED.mean(), offset(1e-7));
      assertThat(scores.deviation(1)).isCloseTo(Math.sqrt(1 / 20.0), offset(1e-7));
    }
  }

  /** As after a training of factors: all of the sums are of another space. */
  @Test
  void whatWasCountedIsThereWhenSumsAreNot() {
    LinearPosteriors posteriors = LinearPosteriors.ridge(PRIOR, 9);
    ArmEvidence counted = new ArmEvidence(180, 36);
    float[] stranger = {1, 0, 0, 0, 0};
    assertThat(scores(posteriors, ALL, counted, stranger).mean(0))
        .isCloseTo((2 + 36) / (20.0 + 180), offset(1e-12));
    assertThat(scores(posteriors, new InterceptPriors(0.5, 1e6), counted, stranger).mean(0))
        .as("half a weight")
        .isCloseTo((2 + 18) / (20.0 + 90), offset(1e-12));
    assertThat(scores(posteriors, new InterceptPriors(1, 30), counted, stranger).mean(0))
        .as("30 of them at most")
        .isCloseTo((2 + 6) / (20.0 + 30), offset(1e-12));
  }

  @Test
  void whatSumsHoldIsNotCountedAgain() {
    LinearSums sums = LinearSums.of(1);
    for (int i = 0; i < 40; i++) {
      sums.observe(new float[] {1}, i % 4 == 0 ? 1 : 0, i, Fading.NONE);
    }
    LinearPosteriors posteriors = LinearPosteriors.diagonal(new LinearPrior(1, 1e6));
    posteriors.put(A, sums);
    Scores same = scores(posteriors, ALL, new ArmEvidence(40, 10), new float[] {1});
    assertThat(same.mean(0)).isCloseTo((2 + 10) / (20.0 + 40), offset(1e-6));
    assertThat(same.deviation(0)).isCloseTo(Math.sqrt(1 / 60.0), offset(1e-6));
    // whatever the share of a total that sums hold, the posterior is that of the total
    Scores more = scores(posteriors, ALL, new ArmEvidence(100, 25), new float[] {1});
    assertThat(more.mean(0)).isCloseTo((2 + 25) / (20.0 + 100), offset(1e-6));
    Scores behind = scores(posteriors, ALL, new ArmEvidence(30, 9), new float[] {1});
    assertThat(behind.mean(0))
        .as("a row of counts that is behind")
        .isCloseTo(same.mean(0), offset(1e-6));
  }

  @Test
  void sumsThatCannotBeInvertedLeaveTheirImpressionsToTheCounts() {
    LinearPosteriors posteriors = LinearPosteriors.diagonal(new LinearPrior(2, 1));
    posteriors.put(A, LinearSums.restored(new double[] {1, 5, 1}, new double[] {1, 1}, 9, 1));
    Scores scores = scores(posteriors, ALL, new ArmEvidence(10, 5), new float[] {1, 0});
    assertThat(scores.mean(0)).isCloseTo((2 + 5) / (20.0 + 10), offset(1e-7));
  }

  private static Scores scores(LinearPosteriors posteriors, ItemId arm) {
    return posteriors
        .snapshot("v")
        .scores(List.of(new Arm(arm, ASSUMED)), Contexts.shared(features(new SplittableRandom(3))));
  }

  @Test
  void thoseShownMostKeepAllOfTheirCovarianceInWhateverOrderTheyCome() {
    LinearPosteriors all = LinearPosteriors.ridge(PRIOR, 9);
    LinearPosteriors none = LinearPosteriors.diagonal(PRIOR);
    LinearPosteriors two = LinearPosteriors.ridge(PRIOR, 2);
    for (int shown : new int[] {40, 10, 30, 20}) {
      for (LinearPosteriors each : List.of(all, none, two)) {
        each.put(ItemId.of("shown" + shown), sums(shown));
      }
    }
    for (int shown : new int[] {10, 20, 30, 40}) {
      ItemId arm = ItemId.of("shown" + shown);
      assertThat(two.isFull(arm)).isEqualTo(shown >= 30);
      assertThat(scores(two, arm).deviation(0))
          .isEqualTo(scores(shown >= 30 ? all : none, arm).deviation(0));
    }
    two.put(ItemId.of("shown10"), sums(50));
    assertThat(two.isFull(ItemId.of("shown10"))).isTrue();
    assertThat(two.isFull(ItemId.of("shown30"))).isFalse();
    assertThat(two.isIncomplete()).isFalse();
    two.remove(ItemId.of("shown20"));
    assertThat(two.isIncomplete()).as("one that had lost it already").isFalse();
    two.remove(ItemId.of("shown40"));
    assertThat(two.isIncomplete()).as("shown30 should have it now").isTrue();
    assertThat(all.isIncomplete()).isFalse();
  }

  @Test
  void onlyAnArmShownLessThanBeforeLeavesAPlaceOpen() {
    ItemId most = ItemId.of("most");
    ItemId less = ItemId.of("less");
    LinearPosteriors one = LinearPosteriors.ridge(PRIOR, 1);
    Fading fading = Fading.ofHalfLife(Duration.ofMillis(10));
    one.put(most, sums(40));
    one.put(less, sums(30));
    LinearSums faded = sums(40);
    faded.observe(features(new SplittableRandom(1)), 1, 500, fading);
    one.put(most, faded);
    assertThat(faded.gram()[0]).as("next to nothing is left of the forty").isLessThan(2);
    assertThat(one.isFull(most)).isTrue();
    assertThat(one.isIncomplete()).as("shown more than ever").isFalse();

    LinearPosteriors repaired = LinearPosteriors.ridge(new LinearPrior(2, 1), 1);
    LinearSums broken = LinearSums.restored(new double[] {1, 5, 1}, new double[] {1, 1}, 9, 1);
    repaired.put(less, broken);
    repaired.put(most, LinearSums.restored(new double[] {7, 0, 1}, new double[] {1, 0}, 7, 1));
    repaired.put(most, LinearSums.restored(new double[] {5, 0, 1}, new double[] {1, 0}, 5, 1));
    assertThat(repaired.isIncomplete()).as("nobody waits for the place").isFalse();

    one.put(most, sums(20));
    assertThat(one.isIncomplete()).as("less was shown more").isTrue();
  }

  @Test
  void countsAndSumsThatHaveFadedToDifferentTimesAreComparedAtOne() {
    Fading fading = Fading.ofHalfLife(Duration.ofMillis(1_000));
    LinearSums sums = LinearSums.of(1);
    for (int i = 0; i < 40; i++) {
      sums.observe(new float[] {1}, i % 4 == 0 ? 1 : 0, 0, fading);
    }
    LinearPosteriors posteriors = LinearPosteriors.diagonal(new LinearPrior(1, 1));
    posteriors.put(A, sums.at(1_000, fading));
    // 20 more that were never rewarded; by 2,000 a quarter is left of all
    ArmEvidence counted = new ArmEvidence(60 / 4.0, 10 / 4.0);
    Intercept begins =
        posteriors
            .snapshot("v", ALL, new PosteriorSnapshot("c", Map.of(A, counted)), 2_000, fading)
            .intercept(new Arm(A, ASSUMED));
    assertThat(begins.strength()).isCloseTo(20 + 20 / 4.0, offset(1e-9));
    assertThat(begins.rewards()).isCloseTo(2, offset(1e-9));
  }

  @Test
  void boundsAreNamed() {
    assertThatThrownBy(() -> LinearPosteriors.ridge(PRIOR, 0))
        .hasMessage("arms with all covariance must be >= 1, were 0");
    assertThatThrownBy(() -> new InterceptPriors(1.5, 1))
        .hasMessage("weight must be in [0, 1], was 1.5");
    assertThatThrownBy(() -> new InterceptPriors(1, -1))
        .hasMessage("most must be in [0, 1e6], was -1.0");
  }
}
