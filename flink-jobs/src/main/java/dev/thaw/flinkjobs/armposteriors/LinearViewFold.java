package dev.thaw.flinkjobs.armposteriors;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.bandit.linear.LinearCells;
import dev.thaw.models.statistics.ArmCell;
import dev.thaw.models.statistics.SettledSlot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * The view {@code arm_linear}: what slots that a contextual policy decided have earned of the
 * reward that the bandit learns by.
 */
final class LinearViewFold extends ArmViewFold<LinearCells> {
  private static final long serialVersionUID = 1L;

  LinearViewFold(DomainDefinitions domains, Duration timeToLive) {
    super(ArmPosteriors.LINEAR, domains, timeToLive);
  }

  @Override
  public LinearCells empty() {
    return new LinearCells();
  }

  @Override
  boolean add(
      LinearCells state, SettledSlot slot, LearntReward reward, FoldContext<ViewRow> context) {
    if (!reward.isLearnt()) {
      return false;
    }
    DecisionFeatures features = slot.features();
    try {
      state.observe(
          ArmCell.key(slot.assignment(), slot.rewardName()),
          ArmCell.key(Assignment.NONE, slot.rewardName()),
          features.space(),
          features.toArray(),
          slot.reward(),
          slot.settledAt(),
          reward.fading());
      return true;
    } catch (IllegalArgumentException e) {
      context.reject(refused(slot, String.valueOf(e.getMessage())));
      return false;
    }
  }

  /** Not to be sent again as it is: nothing but the slot is left of the impression. */
  private static DeadLetter refused(SettledSlot slot, String reason) {
    return DeadLetter.of(
            ArmPosteriors.JOB + "/" + ArmPosteriors.LINEAR,
            0,
            new Rejection("features", slot.requestId().value(), reason),
            slot.toString().getBytes(StandardCharsets.UTF_8),
            Instant.ofEpochMilli(slot.shownAt()))
        .by(ArmPosteriors.JOB);
  }

  @Override
  long frontier(LinearCells state) {
    return state.frontier();
  }

  @Override
  FeatureRow row(LinearCells state, EntityKey key) {
    return state.row(key);
  }
}
