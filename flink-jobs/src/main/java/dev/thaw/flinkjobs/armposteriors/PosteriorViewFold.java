package dev.thaw.flinkjobs.armposteriors;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.statistics.ArmPosterior;
import dev.thaw.models.statistics.SettledSlot;
import dev.thaw.models.statistics.StatisticsPrior;
import java.time.Duration;

/** The view {@code arm_posterior}. */
final class PosteriorViewFold extends ArmViewFold<ArmPosterior> {
  private static final long serialVersionUID = 1L;

  PosteriorViewFold(DomainDefinitions domains, Duration timeToLive) {
    super(ArmPosteriors.VIEW, domains, timeToLive);
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
  boolean add(
      ArmPosterior state, SettledSlot slot, LearntReward reward, FoldContext<ViewRow> context) {
    state.add(slot, reward.fading(), reward.isLearnt());
    return true;
  }

  @Override
  long frontier(ArmPosterior state) {
    return state.frontier;
  }

  @Override
  FeatureRow row(ArmPosterior state, EntityKey key) {
    return state.row(key, prior());
  }
}
