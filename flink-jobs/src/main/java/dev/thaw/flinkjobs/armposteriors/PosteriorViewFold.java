package dev.thaw.flinkjobs.armposteriors;

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

  private final Duration timeToLive;

  PosteriorViewFold(Duration timeToLive) {
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
  public boolean add(
      String key, ArmPosterior state, SettledSlot slot, FoldContext<ViewRow> context) {
    state.add(slot);
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
    return state.impressions == 0 ? NEVER : Expiry.check(state.frontier, timeToLive);
  }

  @Override
  public boolean isEmpty(String key, ArmPosterior state, long watermark) {
    return state.impressions == 0 || Expiry.isDue(state.frontier, timeToLive, watermark);
  }

  @Override
  public void emit(String key, ArmPosterior state, FoldContext<ViewRow> context) {
    context.collect(
        new ViewRow(ArmPosteriors.VIEW, state.row(EntityKey.of("item_id", key), prior())));
  }
}
