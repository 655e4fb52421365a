package dev.thaw.flinkjobs.armposteriors;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.flinkjobs.keyed.Expiry;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.KeyedFold;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.statistics.ArmPosterior;
import dev.thaw.models.statistics.SettledSlot;
import dev.thaw.models.statistics.StatisticsPrior;
import java.time.Duration;

/** The view {@code arm_posterior}. */
final class PosteriorViewFold implements KeyedFold<SettledSlot, ArmPosterior, ViewRow> {
  private static final long serialVersionUID = 1L;

  private final DomainDefinitions domains;
  private final Duration timeToLive;

  PosteriorViewFold(DomainDefinitions domains, Duration timeToLive) {
    this.domains = domains;
    this.timeToLive = timeToLive;
  }

  /** Worth two impressions: readers that know more of an arm put their own prior there. */
  private static BetaPrior prior() {
    return BetaPrior.ofMean(StatisticsPrior.DEFAULT.ctr(), 2);
  }

  @Override
  public ArmPosterior empty() {
    return new ArmPosterior();
  }

  @Override
  public ArmPosterior adopt(ArmPosterior stored) {
    stored.adopt();
    return stored;
  }

  @Override
  public boolean add(
      String key, ArmPosterior state, SettledSlot slot, FoldContext<ViewRow> context) {
    LearntReward reward = LearntReward.of(domains, slot);
    state.add(slot, reward.fading(), reward.isLearnt());
    return true;
  }

  @Override
  public long timeOf(SettledSlot slot) {
    return slot.shownAt();
  }

  @Override
  public void erased(String key, long time, FoldContext<ViewRow> context) {
    context.collect(ViewRow.erasure(ArmPosteriors.VIEW, EntityKey.of("item_id", key), time));
  }

  @Override
  public boolean onTimer(String key, ArmPosterior state, long time, FoldContext<ViewRow> context) {
    return false;
  }

  @Override
  public long nextTimer(String key, ArmPosterior state) {
    return state.isEmpty() ? NEVER : Expiry.check(state.frontier, timeToLive);
  }

  @Override
  public boolean isEmpty(String key, ArmPosterior state, long watermark) {
    return state.isEmpty() || Expiry.isDue(state.frontier, timeToLive, watermark);
  }

  @Override
  public void emit(String key, ArmPosterior state, FoldContext<ViewRow> context) {
    context.collect(
        new ViewRow(ArmPosteriors.VIEW, state.row(EntityKey.of("item_id", key), prior())));
  }
}
