package dev.thaw.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.linear.ArmsSnapshot;
import dev.thaw.models.bandit.linear.LinearCells;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearReaderTest {
  private static final ItemId A = ItemId.of("a");
  private static final ItemId B = ItemId.of("b");
  private static final String CELL = "*:positive";
  private static final float[] X = {1, 0.5f};
  private static final DecisionFeatures FEATURES = new DecisionFeatures("s", List.of(1f, 0.5f));

  private static LinearReader reader(LinearForm form) {
    return new LinearReader(RewardDefinition.POSITIVE, Assignment.NONE, form, FEATURES);
  }

  /** So many impressions in a space, all of them rewarded. */
  private static LinearCells shown(LinearCells cells, String space, int times) {
    for (int i = 0; i < times; i++) {
      cells.observe(CELL, CELL, space, X, 1, 100L, Fading.NONE);
    }
    return cells;
  }

  private static void put(LinearReader reader, ItemId arm, LinearCells cells) {
    reader.put(arm, cells.row(EntityKey.of("item_id", arm.value())));
  }

  private static ArmsSnapshot snapshot(LinearReader reader) {
    return reader.snapshot(PosteriorSnapshot.EMPTY, Fading.NEVER);
  }

  @Test
  void rowsAreReadInTheSpaceOfTheFeaturesAlone() {
    LinearReader reader = reader(new LinearForm(true, 1, 9));
    put(reader, A, shown(shown(new LinearCells(), "s", 3), "t", 5));
    put(reader, B, shown(new LinearCells(), "t", 5));
    assertThat(snapshot(reader).learned(A)).isEqualTo(new ArmEvidence(3, 3));
    assertThat(snapshot(reader).learned(B)).isEqualTo(ArmEvidence.NONE);
    assertThat(reader.wantsAll()).isFalse();
  }

  /** The place of an arm whose space is gone is wanted by one whose sums were thrown away. */
  @Test
  void rowsAreWantedAgainWhereAnArmHasLostItsPlace() {
    LinearReader reader = reader(new LinearForm(false, 1, 1));
    put(reader, A, shown(new LinearCells(), "s", 9));
    put(reader, B, shown(new LinearCells(), "s", 5));
    assertThat(reader.wantsAll()).isFalse();
    put(reader, A, shown(new LinearCells(), "t", 9));
    assertThat(reader.wantsAll()).isTrue();
    put(reader, B, shown(new LinearCells(), "s", 5));
    assertThat(snapshot(reader).learned(B)).isEqualTo(new ArmEvidence(5, 5));
    assertThat(reader.wantsAll()).isFalse();
  }
}
