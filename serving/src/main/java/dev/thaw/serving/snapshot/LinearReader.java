package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.linear.ArmsSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Rows of {@code arm_linear} to what a contextual policy of one configuration decides on in one
 * space of features: as servers read them, without a server. Mutable; belongs to one thread.
 */
public final class LinearReader {
  private final Assignment assignment;
  private final ContextSpace space;
  private final LinearRows rows;

  /**
   * @param reward what the bandit learns by
   * @param assignment whose evidence is read, beside what is outside of its experiment
   * @param form of its posteriors
   * @param features any of the space
   */
  public LinearReader(
      RewardDefinition reward, Assignment assignment, LinearForm form, DecisionFeatures features) {
    this.assignment = assignment;
    this.space = ContextSpace.of(features);
    this.rows =
        new LinearRows(
            new BanditEvidence(reward, List.of(assignment), Map.of(assignment, form), Set.of()));
    rows.follow(space);
  }

  /** Whether all rows are to be put again, see {@link LinearRows#follow}. */
  public boolean wantsAll() {
    return rows.follow(space);
  }

  /** In place of the arm's row before. */
  public void put(ItemId arm, FeatureRow row) {
    rows.put(arm, Optional.of(row));
  }

  /**
   * @param counted what the configuration earned in all spaces
   * @param asOf time of the newest impression that is counted, epoch milliseconds
   */
  public ArmsSnapshot snapshot(PosteriorSnapshot counted, long asOf) {
    return Objects.requireNonNull(
            rows.snapshot(Map.of(assignment, new ArmRows.Counted(counted, asOf))).get(assignment))
        .evidence();
  }
}
