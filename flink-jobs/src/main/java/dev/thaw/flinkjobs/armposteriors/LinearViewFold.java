package dev.thaw.flinkjobs.armposteriors;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.flinkjobs.keyed.Expiry;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.KeyedFold;
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
final class LinearViewFold implements KeyedFold<SettledSlot, LinearCells, ViewRow> {
  private static final long serialVersionUID = 1L;

  private final DomainDefinitions domains;
  private final Duration timeToLive;

  LinearViewFold(DomainDefinitions domains, Duration timeToLive) {
    this.domains = domains;
    this.timeToLive = timeToLive;
  }

  @Override
  public LinearCells empty() {
    return new LinearCells();
  }

  @Override
  public boolean add(
      String item, LinearCells state, SettledSlot slot, FoldContext<ViewRow> context) {
    LearntReward learnt = LearntReward.of(domains, slot);
    if (!learnt.isLearnt()) {
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
          learnt.fading());
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
  public long timeOf(SettledSlot slot) {
    return slot.shownAt();
  }

  @Override
  public void erased(String item, long time, FoldContext<ViewRow> context) {
    context.collect(ViewRow.erasure(ArmPosteriors.LINEAR, EntityKey.of("item_id", item), time));
  }

  @Override
  public boolean onTimer(String item, LinearCells state, long time, FoldContext<ViewRow> context) {
    return false;
  }

  @Override
  public long nextTimer(String item, LinearCells state) {
    return state.isEmpty() ? NEVER : Expiry.check(state.frontier(), timeToLive);
  }

  @Override
  public boolean isEmpty(String item, LinearCells state, long watermark) {
    return state.isEmpty() || Expiry.isDue(state.frontier(), timeToLive, watermark);
  }

  @Override
  public void emit(String item, LinearCells state, FoldContext<ViewRow> context) {
    context.collect(new ViewRow(ArmPosteriors.LINEAR, state.row(EntityKey.of("item_id", item))));
  }
}
