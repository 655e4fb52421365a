package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.BetaPrior;
import java.time.Instant;
import java.util.Map;

/**
 * The view {@code arm_posterior} of one item: settled impressions and their rewards, and the Beta
 * posterior {@code (alpha + rewards, beta + impressions - rewards)} of its reward when shown.
 * Independent of the order of arrival. Mutable; belongs to one thread. Public fields, as Flink's
 * POJO serializer wants them.
 */
public final class ArmPosterior {
  public long impressions;
  public double rewards;

  /** Event-time frontier, epoch milliseconds; {@code Long.MIN_VALUE} before the first. */
  public long frontier = Long.MIN_VALUE;

  public void add(SettledSlot slot) {
    impressions++;
    rewards += slot.reward();
    frontier = Math.max(frontier, slot.settledAt());
  }

  /** An independent copy. */
  public ArmPosterior copy() {
    ArmPosterior copy = new ArmPosterior();
    copy.impressions = impressions;
    copy.rewards = rewards;
    copy.frontier = frontier;
    return copy;
  }

  /**
   * @throws IllegalArgumentException if nothing was ever counted
   */
  public FeatureRow row(EntityKey key, BetaPrior prior) {
    if (frontier == Long.MIN_VALUE) {
      throw new IllegalArgumentException("an arm never shown has no row, key was " + key);
    }
    return new FeatureRow(
        key,
        Map.of(
            "alpha", new FeatureValue.Float64(prior.alpha() + rewards),
            "beta", new FeatureValue.Float64(prior.beta() + impressions - rewards),
            "impressions", new FeatureValue.Int64(impressions),
            "rewards", new FeatureValue.Float64(rewards)),
        Instant.ofEpochMilli(frontier));
  }

  /**
   * What a row of the view says of its arm, whatever prior it was written with.
   *
   * @throws IllegalArgumentException if impressions or rewards are missing or impossible
   */
  public static ArmEvidence evidence(FeatureRow row) {
    if (row.get("impressions").orElse(null) instanceof FeatureValue.Int64 impressions
        && row.get("rewards").orElse(null) instanceof FeatureValue.Float64 rewards) {
      return new ArmEvidence(impressions.value(), rewards.value());
    }
    throw new IllegalArgumentException(
        "row of arm_posterior must have impressions and rewards, was " + row);
  }
}
