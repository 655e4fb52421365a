package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.models.bandit.BetaPrior;

/** The view {@code arm_posterior} of one item: settled impressions and rewards. Mutable POJO. */
public final class ArmPosterior {
  public long impressions;
  public double rewards;

  /** Event-time frontier, epoch milliseconds. */
  public long frontier = Long.MIN_VALUE;

  public void add(SettledSlot slot) {
    impressions++;
    rewards += slot.reward();
    frontier = Math.max(frontier, slot.settledAt());
  }

  public FeatureRow row(EntityKey key, BetaPrior prior) {
    throw new UnsupportedOperationException("not yet");
  }
}
