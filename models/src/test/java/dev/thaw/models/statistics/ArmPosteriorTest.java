package dev.thaw.models.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Fading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArmPosteriorTest {
  private static final EntityKey KEY = EntityKey.of("item_id", "a");
  private static final BetaPrior PRIOR = new BetaPrior(1, 19);
  private static final Assignment BOLDER = new Assignment("floors", "bolder");
  private static final String MAIN = ArmCell.key(Assignment.NONE, "positive");

  private static SettledSlot slot(Assignment assignment, String name, double reward, long time) {
    return new SettledSlot(
        RequestId.of("r"),
        DomainId.of("movies"),
        ItemId.of("a"),
        0,
        "bandit",
        1,
        name,
        reward,
        0,
        time,
        assignment,
        DecisionFeatures.NONE);
  }

  private static ArmPosterior counted(List<SettledSlot> slots, Fading fading) {
    ArmPosterior arm = new ArmPosterior();
    slots.forEach(each -> arm.add(each, fading, each.rewardName().equals("positive")));
    return arm;
  }

  @Test
  void posteriorAddsRewardsToAlphaAndTheRestToBeta() {
    FeatureRow row =
        counted(
                List.of(
                    slot(Assignment.NONE, "positive", 1, 2_000),
                    slot(Assignment.NONE, "positive", 0, 1_000)),
                Fading.NONE)
            .row(KEY, PRIOR);
    assertThat(row.get("alpha")).contains(new FeatureValue.Float64(2));
    assertThat(row.get("beta")).contains(new FeatureValue.Float64(20));
    assertThat(row.eventTime()).isEqualTo(Instant.ofEpochMilli(2_000));
    assertThat(evidence(row, MAIN)).isEqualTo(new ArmEvidence(2, 1));
  }

  private static ArmEvidence evidence(FeatureRow row, String cell) {
    return ArmRow.of(row).cells().get(cell).evidence();
  }

  @Test
  void configurationsAndRewardsAreCountedApart() {
    FeatureRow row =
        counted(
                List.of(
                    slot(Assignment.NONE, "positive", 1, 1_000),
                    slot(BOLDER, "positive", 1, 2_000),
                    slot(BOLDER, "positive", 0, 3_000),
                    slot(BOLDER, "spend", 0.25, 4_000)),
                Fading.NONE)
            .row(KEY, PRIOR);
    assertThat(row.get("impressions")).contains(new FeatureValue.Int64(3));
    assertThat(ArmRow.of(row).ever()).isEqualTo(new ArmEvidence(3, 2));
    assertThat(row.get("alpha")).contains(new FeatureValue.Float64(2));
    assertThat(evidence(row, MAIN)).isEqualTo(new ArmEvidence(1, 1));
    assertThat(evidence(row, "floors/bolder:positive")).isEqualTo(new ArmEvidence(2, 1));
    assertThat(evidence(row, "floors/bolder:spend")).isEqualTo(new ArmEvidence(1, 0.25));
  }

  @Test
  void aConfigurationLearnsFromItselfAndFromOutsideOfItsExperiment() {
    ArmRow row =
        ArmRow.of(
            counted(
                    List.of(
                        slot(Assignment.NONE, "positive", 1, 1_000),
                        slot(new Assignment("earlier", "bolder"), "positive", 1, 1_000),
                        slot(BOLDER, "positive", 1, 2_000),
                        slot(new Assignment("floors", "usual"), "positive", 0, 3_000),
                        slot(BOLDER, "spend", 0.25, 4_000)),
                    Fading.NONE)
                .row(KEY, PRIOR));
    assertThat(row.learned("positive", BOLDER, Fading.NONE).at(0)).isEqualTo(new ArmEvidence(3, 3));
    assertThat(row.learned("positive", new Assignment("floors", "usual"), Fading.NONE).at(0))
        .isEqualTo(new ArmEvidence(3, 2));
    assertThat(row.learned("positive", Assignment.NONE, Fading.NONE).at(0))
        .as("outside of experiments everybody's counts")
        .isEqualTo(new ArmEvidence(4, 3));
    assertThat(row.learned("spend", Assignment.NONE, Fading.NONE).at(0))
        .isEqualTo(new ArmEvidence(1, 0.25));
  }

  @Test
  void oldEvidenceFadesAndTheOrderOfArrivalDoesNotMatter() {
    Fading day = Fading.ofHalfLife(Duration.ofDays(1));
    List<SettledSlot> slots = new ArrayList<>();
    Random random = new Random(7);
    double impressions = 0;
    double rewards = 0;
    long newest = Duration.ofDays(4).toMillis();
    for (int i = 0; i < 50; i++) {
      long time = i == 0 ? newest : random.nextLong(newest);
      int reward = random.nextInt(2);
      slots.add(slot(Assignment.NONE, "positive", reward, time));
      double weight = Math.pow(2, -(newest - time) / (double) Duration.ofDays(1).toMillis());
      impressions += weight;
      rewards += weight * reward;
    }
    for (int i = 0; i < 3; i++) {
      Collections.shuffle(slots, random);
      FeatureRow row = counted(slots, day).row(KEY, PRIOR);
      ArmEvidence faded = evidence(row, MAIN);
      assertThat(faded.impressions()).isEqualTo(impressions, within(1e-9));
      assertThat(faded.rewards()).isEqualTo(rewards, within(1e-9));
      assertThat(row.get("alpha")).contains(new FeatureValue.Float64(1 + faded.rewards()));
      assertThat(row.get("impressions")).contains(new FeatureValue.Int64(50));
    }
  }

  @Test
  void aStateFromBeforeThereWereCellsIsTakenUp() {
    ArmPosterior old = new ArmPosterior();
    old.impressions = 40;
    old.rewards = 3;
    old.frontier = 1_000;
    old.cells = null;
    old.adopt();
    old.add(slot(Assignment.NONE, "positive", 1, 2_000), Fading.NONE, true);
    FeatureRow row = old.copy().row(KEY, PRIOR);
    assertThat(evidence(row, MAIN)).isEqualTo(new ArmEvidence(41, 4));
    assertThat(row.get("alpha")).contains(new FeatureValue.Float64(5));

    Map<String, FeatureValue> features = new HashMap<>(row.features());
    features.keySet().removeIf(name -> name.startsWith("cell"));
    FeatureRow before = new FeatureRow(KEY, features, row.eventTime());
    assertThat(evidence(before, MAIN)).as("and a row").isEqualTo(new ArmEvidence(41, 4));
  }

  @Test
  void experimentsOfLongAgoGoOnOutsideOfExperiments() {
    List<SettledSlot> slots = new ArrayList<>();
    slots.add(slot(Assignment.NONE, "positive", 1, 1));
    for (int i = 0; i <= ArmPosterior.MAX_CELLS; i++) {
      slots.add(slot(new Assignment("e" + i, "a"), "positive", i % 2, 1_000 + i));
    }
    ArmRow row = ArmRow.of(counted(slots, Fading.NONE).row(KEY, PRIOR));
    assertThat(row.cells())
        .hasSize(ArmPosterior.MAX_CELLS)
        .doesNotContainKeys("e0/a:positive", "e1/a:positive")
        .containsKeys(MAIN, "e256/a:positive");
    assertThat(row.cells().get(MAIN).evidence()).isEqualTo(new ArmEvidence(3, 2));
    assertThat(row.learned("positive", Assignment.NONE, Fading.NONE).at(0).impressions())
        .as("nothing is lost")
        .isEqualTo(slots.size());
  }

  @Test
  void rowsThatCannotBeAreNamed() {
    FeatureRow row =
        counted(List.of(slot(Assignment.NONE, "positive", 1, 1_000)), Fading.NONE).row(KEY, PRIOR);
    assertThatThrownBy(() -> ArmRow.of(with(row, "cell_rewards", 2.0)))
        .hasMessage("rewards must be in [0, impressions], were 2.0 of 1.0");
    assertThatThrownBy(() -> ArmRow.of(with(row, "cell_rewards")))
        .hasMessage("lists of arm_posterior must be equally long, were [1, 1, 0, 1]");
    assertThatThrownBy(() -> ArmRow.of(new FeatureRow(KEY, Map.of(), row.eventTime())))
        .hasMessageStartingWith("row of arm_posterior must have impressions and rewards");
    assertThatThrownBy(() -> new ArmPosterior().row(KEY, PRIOR))
        .hasMessageStartingWith("an arm never shown has no row");
  }

  private static FeatureRow with(FeatureRow row, String feature, double... values) {
    Map<String, FeatureValue> features = new HashMap<>(row.features());
    features.put(feature, FeatureValue.Float64s.copyOf(values));
    return new FeatureRow(KEY, features, row.eventTime());
  }
}
