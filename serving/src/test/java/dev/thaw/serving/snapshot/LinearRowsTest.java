package dev.thaw.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.NeighbourPriors;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.linear.LinearCells;
import dev.thaw.models.bandit.linear.Scores;
import dev.thaw.serving.catalogue.Catalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Features of four numbers: a user without factors in the first stage is (1, 0, 0, 0). */
class LinearRowsTest {
  private static final DomainId MOVIES = DomainId.of("movies");
  private static final ItemId A = ItemId.of("a");
  private static final ItemId B = ItemId.of("b");
  private static final Assignment USUAL = new Assignment("floors", "usual");
  private static final Assignment BOLDER = new Assignment("floors", "bolder");
  private static final String OUTSIDE = "*:positive";
  private static final ContextSpace STAGE = new ContextSpace("stage", 0);
  private static final float[] STRANGER = {1, 0, 0, 0};
  private static final LinearForm FORM = new LinearForm(true, 1, 9);

  private static LinearRows rows(RewardDefinition reward) {
    return rows(reward, FORM);
  }

  private static LinearRows rows(RewardDefinition reward, LinearForm form) {
    LinearRows rows =
        new LinearRows(
            new BanditEvidence(
                reward, List.of(USUAL, BOLDER), Map.of(USUAL, form, BOLDER, form), Set.of()));
    rows.follow(STAGE);
    return rows;
  }

  private static LinearRows rows() {
    return rows(RewardDefinition.POSITIVE);
  }

  /** So many impressions to strangers, each with a reward of 1, of which the last is at a time. */
  private static LinearCells shown(
      LinearCells item, String cell, String space, int times, long last) {
    for (int i = 0; i < times; i++) {
      item.observe(cell, OUTSIDE, space, STRANGER, 1, last, Fading.NONE);
    }
    return item;
  }

  private static boolean put(LinearRows rows, ItemId item, LinearCells cells) {
    return rows.put(item, Optional.of(cells.row(EntityKey.of("item_id", item.value()))));
  }

  private static Scores scores(LinearRows rows, Assignment assignment, ContextSpace space) {
    return scores(rows, assignment, space, PosteriorSnapshot.EMPTY);
  }

  private static Map<Assignment, LinearRanks> snapshot(LinearRows rows, PosteriorSnapshot counted) {
    return snapshot(rows, counted, Fading.NEVER);
  }

  private static Map<Assignment, LinearRanks> snapshot(
      LinearRows rows, PosteriorSnapshot counted, long asOf) {
    ArmRows.Counted each = new ArmRows.Counted(counted, asOf);
    return rows.snapshot(Map.of(USUAL, each, BOLDER, each));
  }

  private static Scores scores(
      LinearRows rows, Assignment assignment, ContextSpace space, PosteriorSnapshot counted) {
    LinearRanks ranks = snapshot(rows, counted).get(assignment);
    assertThat(ranks).isNotNull();
    return ranks
        .of(new DecisionFeatures(space.name(), List.of(1f, 0f, 0f, 0f)))
        .scores(
            List.of(new Arm(A, new BetaPrior(1, 1)), new Arm(B, new BetaPrior(1, 1))),
            Contexts.shared(STRANGER));
  }

  /** Of n rewards of 1 under a prior of one reward in two impressions. */
  private static double mean(int n) {
    return (1.0 + n) / (2.0 + n);
  }

  @Test
  void aConfigurationSeesItsOwnEvidenceAndThatOfAnswersOutsideOfItsExperiment() {
    LinearRows rows = rows();
    LinearCells a = shown(new LinearCells(), OUTSIDE, "stage", 2, 10);
    shown(a, "floors/usual:positive", "stage", 3, 20);
    shown(a, "earlier/usual:positive", "stage", 4, 30);
    shown(a, "floors/bolder:positive", "stage", 7, 40);
    shown(a, "floors/bolder:spend", "stage", 50, 40);
    assertThat(put(rows, A, a)).isTrue();
    assertThat(put(rows, A, a)).as("nothing new").isFalse();

    assertThat(scores(rows, USUAL, STAGE).mean(0)).isCloseTo(mean(2 + 3 + 4), within(1e-6));
    assertThat(scores(rows, BOLDER, STAGE).mean(0)).isCloseTo(mean(2 + 4 + 7), within(1e-6));
    assertThat(scores(rows, USUAL, STAGE).mean(1)).isCloseTo(mean(0), within(1e-6));
    assertThat(version(rows, USUAL)).isNotEqualTo(version(rows, BOLDER));
  }

  @Test
  void eachServerReadsTheSpaceOfItsOwnSetAndAnErasedItemIsAsThePriorSays() {
    ContextSpace next = new ContextSpace("stage+factors@2", 0);
    LinearRows rows = rows();
    LinearCells a = shown(new LinearCells(), OUTSIDE, "stage", 3, 10);
    shown(a, OUTSIDE, next.name(), 5, 20);
    put(rows, A, a);
    assertThat(scores(rows, USUAL, STAGE).mean(0)).isCloseTo(mean(3), within(1e-6));
    assertThat(scores(rows, USUAL, next).mean(0))
        .as("before it has followed")
        .isCloseTo(mean(0), within(1e-6));

    assertThat(rows.follow(next)).isTrue();
    assertThat(rows.follow(next)).isFalse();
    assertThat(scores(rows, USUAL, next).mean(0))
        .as("before rows are read again")
        .isCloseTo(mean(0), within(1e-6));
    put(rows, A, a);
    assertThat(scores(rows, USUAL, next).mean(0)).isCloseTo(mean(5), within(1e-6));
    assertThat(scores(rows, USUAL, STAGE).mean(0))
        .as("of a request that began earlier")
        .isCloseTo(mean(0), within(1e-6));

    assertThat(rows.put(A, Optional.empty())).isTrue();
    assertThat(rows.put(A, Optional.empty())).isFalse();
    assertThat(put(rows, A, a)).as("the same row, come back").isTrue();
    assertThat(rows.put(A, Optional.empty())).isTrue();
    assertThat(scores(rows, USUAL, next).mean(0)).isCloseTo(mean(0), within(1e-6));
  }

  private static String version(LinearRows rows, Assignment assignment) {
    return snapshot(rows, PosteriorSnapshot.EMPTY).get(assignment).evidence().version();
  }

  @Test
  void whatWasCountedInOtherSpacesIsWhereArmsBegin() {
    ContextSpace next = new ContextSpace("stage+factors@2", 0);
    LinearRows rows = rows();
    put(rows, A, shown(new LinearCells(), OUTSIDE, "stage", 6, 10));
    PosteriorSnapshot counted =
        new PosteriorSnapshot("c", Map.of(A, new ArmEvidence(8, 6), B, new ArmEvidence(4, 1)));
    // 6 of the 8 are what the sums hold, each rewarded; the other two were not
    assertThat(scores(rows, USUAL, STAGE, counted).mean(0))
        .isCloseTo((1 + 6) / (2.0 + 8), within(1e-6));
    assertThat(scores(rows, USUAL, STAGE, counted).mean(1))
        .isCloseTo((1 + 1) / (2.0 + 4), within(1e-6));
    Scores before = scores(rows, USUAL, next, counted);
    rows.follow(next);
    Scores after = scores(rows, USUAL, next, counted);
    for (int arm = 0; arm < 2; arm++) {
      assertThat(before.mean(arm)).isEqualTo(after.mean(arm));
      assertThat(before.deviation(arm)).isEqualTo(after.deviation(arm));
    }
    assertThat(after.mean(0)).as("a training").isCloseTo((1 + 6) / (2.0 + 8), within(1e-6));
    assertThat(snapshot(rows, counted).get(USUAL).evidence().version())
        .isNotEqualTo(version(rows, USUAL));
  }

  @Test
  void evidenceFadesToTheNewestImpressionOfAnyArm() {
    Duration day = Duration.ofDays(1);
    LinearRows rows =
        rows(new RewardDefinition("positive", List.of(), new RewardDefinition.Whole(), null, day));
    put(rows, A, shown(new LinearCells(), OUTSIDE, "stage", 8, 0));
    assertThat(scores(rows, USUAL, STAGE).mean(0)).isCloseTo(mean(8), within(1e-6));
    put(rows, B, shown(new LinearCells(), OUTSIDE, "stage", 8, 3 * day.toMillis()));
    Scores later = scores(rows, USUAL, STAGE);
    assertThat(later.mean(0)).as("8 of three half-lives ago").isCloseTo(mean(1), within(1e-6));
    assertThat(later.mean(1)).isCloseTo(mean(8), within(1e-6));
    assertThat(later.deviation(0)).isCloseTo(Math.sqrt(1 / (2.0 + 1)), within(1e-6));
    assertThat(later.deviation(1)).isCloseTo(Math.sqrt(1 / (2.0 + 8)), within(1e-6));
    put(rows, A, shown(new LinearCells(), OUTSIDE, "stage", 4, 2 * day.toMillis()));
    assertThat(scores(rows, USUAL, STAGE).mean(0))
        .as("a row that comes later fades as much")
        .isCloseTo(mean(2), within(1e-6));
  }

  @Test
  void whatWasCountedOutsideFadesAsWhatSumsHold() {
    Duration day = Duration.ofDays(1);
    LinearRows rows =
        rows(new RewardDefinition("positive", List.of(), new RewardDefinition.Whole(), null, day));
    put(rows, A, shown(new LinearCells(), OUTSIDE, "stage", 8, 0));
    Fading fading = Fading.ofHalfLife(day);
    for (long now = day.toMillis(); now < 1.1 * day.toMillis(); now += 600_000) {
      // four more of the same time, rewarded too, in another space
      double left = fading.left(0, now);
      PosteriorSnapshot counted =
          new PosteriorSnapshot("c", Map.of(A, new ArmEvidence(12 * left, 12 * left)));
      LinearRanks ranks = snapshot(rows, counted, now).get(USUAL);
      assertThat(ranks).isNotNull();
      assertThat(ranks.evidence().intercept(new Arm(A, new BetaPrior(1, 1))).strength())
          .isCloseTo(2 + 4 * left, within(1e-6));
    }
    String later =
        snapshot(rows, PosteriorSnapshot.EMPTY, day.toMillis()).get(USUAL).evidence().version();
    assertThat(version(rows, USUAL)).as("as of another time").isNotEqualTo(later);
  }

  @Test
  void allIsReadAgainWhereAnArmFallsFromItsPlaceAmongThoseKeptWhole() {
    LinearRows rows = rows(RewardDefinition.POSITIVE, new LinearForm(false, 1, 1));
    put(rows, A, shown(new LinearCells(), OUTSIDE, "stage", 5, 10));
    put(rows, B, shown(new LinearCells(), OUTSIDE, "stage", 3, 10));
    assertThat(rows.follow(STAGE)).isFalse();
    put(rows, A, shown(new LinearCells(), OUTSIDE, "stage", 2, 10));
    assertThat(rows.follow(STAGE)).as("b has more now, and its row is not here").isTrue();
    assertThat(put(rows, A, shown(new LinearCells(), OUTSIDE, "stage", 2, 10))).isTrue();
    assertThat(put(rows, B, shown(new LinearCells(), OUTSIDE, "stage", 3, 10))).isTrue();
    assertThat(rows.follow(STAGE)).isFalse();
    assertThat(scores(rows, USUAL, STAGE).mean(1)).isCloseTo(mean(3), within(1e-6));
  }

  @Test
  void whatCannotBeInvertedIsAsThePriorSaysAndCounted() {
    LinearRows rows = rows();
    FeatureRow row =
        shown(new LinearCells(), OUTSIDE, "stage", 3, 10).row(EntityKey.of("item_id", "a"));
    Map<String, FeatureValue> features = new HashMap<>(row.features());
    features.put("precision", FeatureValue.Float32s.copyOf(1, 9, 1, 0, 0, 1, 0, 0, 0, 1));
    rows.put(A, Optional.of(new FeatureRow(row.key(), features, row.eventTime())));
    assertThat(scores(rows, USUAL, STAGE).mean(0)).isCloseTo(mean(0), within(1e-6));
    Posteriors posteriors =
        new ArmRows(
                MOVIES,
                new BanditEvidence(
                    RewardDefinition.POSITIVE, List.of(USUAL, BOLDER), Map.of(), Set.of()))
            .snapshot(
                rows,
                new Neighbourhoods(
                    new Catalogue(List.of(MOVIES)).domains().iterator().next(),
                    Set.of(),
                    NeighbourPriors.DEFAULT));
    assertThat(posteriors.repairs()).as("in both configurations").isEqualTo(2);
  }

  @Test
  void aRowOfAnotherLengthCountsAsNone() {
    LinearRows rows = rows();
    put(rows, A, shown(new LinearCells(), OUTSIDE, "stage", 3, 10));
    LinearCells longer = new LinearCells();
    longer.observe(OUTSIDE, OUTSIDE, "stage", new float[5], 1, 20, Fading.NONE);
    assertThat(put(rows, A, longer)).isTrue();
    assertThat(scores(rows, USUAL, STAGE).mean(0)).isCloseTo(mean(0), within(1e-6));
  }
}
