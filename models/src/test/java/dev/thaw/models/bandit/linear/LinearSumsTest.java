package dev.thaw.models.bandit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueMessages;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.Repairs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearSumsTest {
  private static final int D = 7;
  private static final LinearPrior PRIOR = new LinearPrior(D, 1);
  private static final Fading WEEK = Fading.ofHalfLife(Duration.ofDays(7));
  private static final Fading NONE = Fading.NONE;
  private static final EntityKey KEY = EntityKey.of("item_id", "a");

  private record Seen(float[] x, double reward, long time) {}

  private static List<Seen> seen(int many, int d) {
    SplittableRandom random = new SplittableRandom(4);
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      float[] x = new float[d];
      x[0] = 1;
      for (int j = 1; j < d; j++) {
        x[j] = (float) random.nextGaussian();
      }
      seen.add(new Seen(x, random.nextInt(2), random.nextLong(Duration.ofDays(30).toMillis())));
    }
    return seen;
  }

  private static LinearSums sums(List<Seen> seen, Fading fading) {
    LinearSums sums = LinearSums.of(D);
    seen.forEach(each -> sums.observe(each.x, each.reward, each.time, fading));
    return sums;
  }

  private static void assertSame(LinearSums sums, LinearSums expected) {
    assertThat(sums.gram()).containsExactly(expected.gram(), offset(1e-9));
    assertThat(sums.moment()).containsExactly(expected.moment(), offset(1e-9));
    assertThat(sums.impressions()).isEqualTo(expected.impressions());
    assertThat(sums.frontier()).isEqualTo(expected.frontier());
  }

  @Test
  void orderOfArrivalAndOfMergingMattersWithinRoundingOnly() {
    List<Seen> seen = seen(300, D);
    for (Fading fading : List.of(NONE, WEEK)) {
      LinearSums expected = sums(seen, fading);
      List<Seen> shuffled = new ArrayList<>(seen);
      Collections.shuffle(shuffled, new Random(5));
      assertSame(sums(shuffled, fading), expected);
      LinearSums merged = sums(shuffled.subList(200, 300), fading);
      merged.merge(sums(shuffled.subList(0, 200), fading), fading);
      assertSame(merged, expected);
    }
  }

  @Test
  void aHalfLifeHalvesWhatIsThatOld() {
    LinearSums sums = LinearSums.of(1);
    sums.observe(new float[] {2}, 1, 0, WEEK);
    sums.observe(new float[] {2}, 0, Duration.ofDays(7).toMillis(), WEEK);
    assertThat(sums.gram()).containsExactly(new double[] {2 + 4}, offset(1e-12));
    assertThat(sums.moment()).containsExactly(new double[] {1}, offset(1e-12));
  }

  @Test
  void ridgeIsWhatTheLearnerOfEachRewardKnows() {
    RidgeLearner learner = new RidgeLearner(PRIOR, arm -> true, NONE);
    ItemId a = ItemId.of("a");
    seen(300, D).forEach(each -> learner.observe(a, each.x, each.reward, each.time));
    LinearPosteriors posteriors = LinearPosteriors.ridge(PRIOR, 9);
    posteriors.put(a, sums(seen(300, D), NONE));
    assertScores(posteriors.snapshot("v"), learner.snapshot("v", 0), 1e-9);
  }

  private static void assertScores(LinearEvidence actual, LinearEvidence expected, double within) {
    List<Arm> arms =
        List.of(
            new Arm(ItemId.of("a"), new BetaPrior(1, 1)),
            new Arm(ItemId.of("never-seen"), new BetaPrior(1, 1)));
    Contexts contexts = Contexts.shared(seen(1, D).get(0).x);
    Scores scores = actual.scores(arms, contexts);
    Scores wanted = expected.scores(arms, contexts);
    for (int arm = 0; arm < arms.size(); arm++) {
      assertThat(scores.mean(arm)).isCloseTo(wanted.mean(arm), offset(within));
      assertThat(scores.deviation(arm)).isCloseTo(wanted.deviation(arm), offset(within));
    }
  }

  @Test
  void diagonalKeepsTheMeanAndTheDiagonalOfThePrecision() {
    LinearSums sums = sums(seen(300, D), NONE);
    LinearPosteriors diagonal = LinearPosteriors.diagonal(PRIOR);
    diagonal.put(ItemId.of("a"), sums);
    float[] x = seen(1, D).get(0).x;
    Scores scores =
        diagonal
            .snapshot("v")
            .scores(List.of(new Arm(ItemId.of("a"), new BetaPrior(1, 1))), Contexts.shared(x));
    RidgePosterior full = sums.ridge(PRIOR).posterior(0);
    double variance = 0;
    for (int j = 0, at = 0; j < D; at += j + 2, j++) {
      variance += x[j] * x[j] / (PRIOR.lambda() + sums.gram()[at]);
    }
    assertThat(scores.mean(0)).isCloseTo(full.mean(Features.wide(x)), offset(1e-6));
    assertThat(scores.deviation(0)).isCloseTo(Math.sqrt(variance), offset(1e-6));
  }

  @Test
  void anItemComesBackFromItsBytesAndNoneOfThemMayBeMissingOrWrong() {
    LinearCells item = new LinearCells();
    item.observe("*", "*", "old", new float[] {3}, 1, 1, NONE);
    seen(20, D)
        .forEach(each -> item.observe("*", "*", "s@1", each.x, each.reward, 9 + each.time, WEEK));
    item.observe("*", "*", "old", new float[] {3}, 1, 2, NONE);
    item.observe("ab/b", "*", "s@1", new float[] {1, 2}, 1, 2, NONE);
    byte[] bytes = item.toBytes();
    LinearCells back = LinearCells.fromBytes(bytes);
    assertThat(back.toBytes()).isEqualTo(bytes).isEqualTo(item.copy().toBytes());
    assertThat(back.row(KEY)).isEqualTo(item.row(KEY));
    assertThat(LinearCells.fromBytes(new LinearCells().toBytes()).isEmpty()).isTrue();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> LinearCells.fromBytes(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("linear statistics");
    }
    byte[] nan = bytes.clone();
    Arrays.fill(nan, nan.length - 8, nan.length, (byte) 0xff);
    assertThatThrownBy(() -> LinearCells.fromBytes(nan))
        .hasMessageContaining("is damaged at byte")
        .hasMessageContaining("moment must be finite");
    byte[] later = bytes.clone();
    later[1] = 2;
    assertThatThrownBy(() -> LinearCells.fromBytes(later)).hasMessageContaining("version 1");
    assertThatThrownBy(() -> LinearCells.fromBytes(Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessageContaining("1 bytes too many");
  }

  @Test
  void aCellTakesLessThan16KilobytesOfARowThatSaysTheSameInSinglePrecision() {
    LinearCells item = new LinearCells();
    int d = LinearSums.MOST_FEATURES;
    seen(500, d).forEach(each -> item.observe("*", "*", "s", each.x, each.reward, each.time, NONE));
    assertThat(size(item.row(KEY))).isBetween(8_000, 9_000);
    assertThat(item.toBytes().length).isBetween(17_000, 18_000);
    item.observe("ab/b", "*", "t", new float[] {2, 3}, 1, 7, NONE);
    List<LinearRow.Cell> cells = LinearRow.read(item.row(KEY)).cells();
    assertThat(cells).extracting(LinearRow.Cell::name).containsExactly("*", "ab/b");
    LinearSums sums = cells.get(0).sums();
    assertThat(sums.impressions()).isEqualTo(500);
    LinearSums exact = LinearSums.of(d);
    seen(500, d).forEach(each -> exact.observe(each.x, each.reward, each.time, NONE));
    for (int i = 0; i < sums.gram().length; i++) {
      assertThat(sums.gram()[i]).isCloseTo(exact.gram()[i], offset(1e-4));
    }
    assertThat(cells.get(1).space()).isEqualTo("t");
    assertThat(cells.get(1).sums().gram()).containsExactly(4, 6, 9);
    assertThat(cells.get(1).sums().moment()).containsExactly(2, 3);
  }

  private static int size(FeatureRow row) {
    return row.features().values().stream()
        .mapToInt(value -> FeatureValueMessages.of(value).getSerializedSize())
        .sum();
  }

  @Test
  void aRowWhoseListsDontFitIsRefused() {
    LinearCells item = new LinearCells();
    item.observe("*", "*", "t", new float[] {2, 3}, 1, 7, NONE);
    assertThatThrownBy(() -> read(item, "b", FeatureValue.Float32s.copyOf(1)))
        .hasMessage("precision and b must be as long as features of [2] make them, were 3 and 1");
    assertThatThrownBy(() -> read(item, "precision", FeatureValue.Float32s.copyOf(1, 0, 1, 2)))
        .hasMessageContaining("were 4 and 2");
    assertThatThrownBy(() -> read(item, "dimensions", FeatureValue.Int64s.copyOf(66)))
        .hasMessage("features must be in [1, 65], were 66");
    assertThatThrownBy(() -> read(item, "times", FeatureValue.Int64s.copyOf(1, 2)))
        .hasMessageContaining("must be equally many, were [1, 1, 1, 1, 2]");
    assertThatThrownBy(() -> read(item, "b", FeatureValue.MISSING))
        .hasMessageContaining("row of arm_linear must have cells");
    assertThatThrownBy(() -> read(item, "b", FeatureValue.Float32s.copyOf(1, Float.NaN)))
        .hasMessage("moment must be finite numbers, had NaN at 1");
  }

  private static LinearRow read(LinearCells item, String feature, FeatureValue value) {
    FeatureRow row = item.row(KEY);
    Map<String, FeatureValue> features = new HashMap<>(row.features());
    features.put(feature, value);
    return LinearRow.read(new FeatureRow(KEY, features, row.eventTime()));
  }

  @Test
  void whatCantBeIsRefusedWithValueAndBoundAndChangesNothing() {
    LinearCells item = new LinearCells();
    item.observe("*", "*", "s", new float[] {1, 2}, 1, 5, NONE);
    byte[] before = item.toBytes();
    assertThatThrownBy(() -> item.observe("*", "*", "s", new float[] {1}, 1, 6, NONE))
        .hasMessage("features of s must be 2 as those before, were 1");
    assertThatThrownBy(() -> item.observe("*", "*", "t", new float[] {1, Float.NaN}, 1, 6, NONE))
        .hasMessage("feature 1 must be finite, was NaN");
    assertThatThrownBy(() -> item.observe("new", "*", "t", new float[] {2e6f}, 1, 6, NONE))
        .hasMessage("feature 0 must be in [-1e6, 1e6], was 2000000.0");
    assertThatThrownBy(() -> item.observe("*", "*", "t", new float[66], 1, 6, NONE))
        .hasMessage("features must be in [1, 65], were 66");
    assertThatThrownBy(() -> item.observe("*", "*", "s", new float[2], -1, 6, NONE))
        .hasMessage("reward must be in [0, 1e6], was -1.0");
    assertThat(item.toBytes()).isEqualTo(before);
    assertThatThrownBy(() -> new LinearCells().row(KEY))
        .hasMessageContaining("an arm without evidence has no row");
    assertThatThrownBy(() -> LinearSums.restored(new double[] {-1}, new double[1], 1, 0))
        .hasMessage("gram must be >= 0 on its diagonal, was -1.0 at feature 0");
  }

  @Test
  void aServerLeftBehindAndASetTakenBackEachLearnInTheirOwnSpace() {
    LinearArm arm = new LinearArm();
    float[] one = {1};
    assertThat(arm.observe("b", new float[] {1, 1}, 1, 200, NONE)).isTrue();
    assertThat(arm.observe("a", one, 1, 300, NONE)).as("of a server left behind").isTrue();
    assertThat(arm.observe("b", new float[] {0, 1}, 0, 150, NONE)).isTrue();
    assertThat(arm.spaces().get("a").impressions()).isEqualTo(1);
    assertThat(arm.spaces().get("b").impressions()).isEqualTo(2);

    long day = LinearArm.SILENCE.toMillis();
    assertThat(arm.observe("a", one, 1, 200 + day, NONE)).isTrue();
    assertThat(arm.spaces()).containsOnlyKeys("a", "b");
    assertThat(arm.observe("a", one, 1, 201 + day, NONE)).isTrue();
    assertThat(arm.spaces()).as("silent for a day").containsOnlyKeys("a");
    assertThat(arm.observe("b", new float[] {1, 1}, 1, 200, NONE)).as("late").isFalse();
    assertThat(arm.dropped()).isEqualTo(1);
    assertThat(arm.observe("b", new float[] {1, 1}, 1, 300 + day, NONE)).as("back").isTrue();
    assertThat(arm.spaces()).containsOnlyKeys("a", "b");
  }

  @Test
  void spacesThatFollowEachOtherEndTheSameInWhateverOrderTheirEvidenceComes() {
    List<Runnable> steps = new ArrayList<>();
    LinearArm[] arm = {new LinearArm()};
    for (int i = 0; i < 12; i++) {
      String space = i < 6 ? "first" : "second";
      float[] x = {1, i};
      int time = 100 * i;
      steps.add(() -> arm[0].observe(space, x, 1, time, WEEK));
    }
    steps.forEach(Runnable::run);
    Map<String, LinearSums> expected = arm[0].spaces();
    for (int seed = 0; seed < 50; seed++) {
      arm[0] = new LinearArm();
      Collections.shuffle(steps, new Random(seed));
      steps.forEach(Runnable::run);
      assertThat(arm[0].spaces()).containsOnlyKeys("first", "second");
      arm[0]
          .spaces()
          .forEach(
              (space, sums) -> {
                LinearSums wanted = expected.getOrDefault(space, LinearSums.of(1));
                assertThat(sums.gram()).containsExactly(wanted.gram(), offset(1e-9));
                assertThat(sums.moment()).containsExactly(wanted.moment(), offset(1e-9));
              });
    }
  }

  @Test
  void onlySoManySpacesAndCellsAreKeptAndNoCellsEvidenceIsLost() {
    LinearCells item = new LinearCells();
    for (int i = 0; i < 200; i++) {
      item.observe("*", "*", "space-" + i, new float[] {1}, 1, i, NONE);
    }
    assertThat(LinearRow.read(item.row(KEY)).cells())
        .extracting(LinearRow.Cell::space)
        .containsExactly("space-198", "space-199");
    assertThat(item.toBytes().length).isLessThan(300);
    for (int i = 0; i < 200; i++) {
      item.observe("cell-" + i, "*", "s", new float[] {1}, 1, 300 + i, NONE);
    }
    List<LinearRow.Cell> cells =
        LinearRow.read(item.row(KEY)).cells().stream()
            .filter(each -> each.space().equals("s"))
            .toList();
    assertThat(cells)
        .hasSize(LinearCells.MOST)
        .extracting(LinearRow.Cell::name)
        .contains("*", "cell-193", "cell-199");
    assertThat(cells.stream().mapToLong(each -> each.sums().impressions()).sum()).isEqualTo(200);
    assertThat(item.frontier()).isEqualTo(499);
  }

  /** Few users and many impressions, as rows round them: worst where the prior is weakest. */
  @Test
  void rowsOfFewUsersCanBeInvertedAtTheWeakestPrior() {
    LinearPrior weakest = new LinearPrior(LinearSums.MOST_FEATURES, 0.1);
    for (int users : new int[] {3, 30}) {
      LinearCells item = new LinearCells();
      SplittableRandom random = new SplittableRandom(users);
      float[][] each = new float[users][LinearSums.MOST_FEATURES];
      for (float[] x : each) {
        x[0] = 1;
        double squares = 0;
        for (int j = 4; j < x.length; j++) {
          x[j] = (float) random.nextGaussian();
          squares += x[j] * x[j];
        }
        for (int j = 4; j < x.length; j++) {
          x[j] /= (float) Math.sqrt(squares);
        }
      }
      for (int i = 0; i < 100_000; i++) {
        item.observe("*", "*", "s", each[random.nextInt(users)], random.nextInt(2), i, NONE);
      }
      LinearSums sums = LinearRow.read(item.row(KEY)).cells().get(0).sums();
      assertThat(sums.ridge(weakest).repairs()).isEqualTo(Repairs.NONE);
    }
  }

  @Test
  void whatCantBeInvertedIsAsThePriorSaysAndCounted() {
    double[] indefinite = {1, 5, 1};
    LinearSums sums = LinearSums.restored(indefinite, new double[] {1, 1}, 9, 1);
    LinearPrior prior = new LinearPrior(2, 1);
    LinearPosteriors diagonal = LinearPosteriors.diagonal(prior);
    diagonal.put(ItemId.of("a"), sums);
    LinearEvidence evidence = diagonal.snapshot("v");
    assertThat(evidence.repairs()).isNotEqualTo(Repairs.NONE);
    Scores scores =
        evidence.scores(
            List.of(
                new Arm(ItemId.of("a"), new BetaPrior(1, 1)),
                new Arm(ItemId.of("never shown"), new BetaPrior(1, 1))),
            Contexts.shared(new float[] {1, 0}));
    assertThat(scores.deviation(0)).isEqualTo(scores.deviation(1));
    assertThat(scores.mean(0)).isEqualTo(scores.mean(1)).isZero();
  }
}
