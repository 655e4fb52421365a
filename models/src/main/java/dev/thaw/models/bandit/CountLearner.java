package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Counts of all arms, for policies that look at nothing else. Rewards are in [0, 1]. */
public final class CountLearner implements BanditLearner<DiscountedSnapshot> {
  private final Fading fading;
  private final KnownArms<ArmCounts> arms;

  /**
   * @param known which arms there are
   */
  public CountLearner(Predicate<ItemId> known, Fading fading) {
    this.fading = fading;
    this.arms = new KnownArms<>(known, () -> new ArmCounts(fading));
  }

  @Override
  public void observe(ItemId arm, float[] features, double reward, long time) {
    ArmCounts.requireReward(reward);
    arms.of(arm).observe(reward, time);
  }

  @Override
  public DiscountedSnapshot snapshot(String version, long time) {
    // all as of one time: an impression of a clock that goes ahead must not fade twice
    long newest = time;
    for (ArmCounts each : arms.seen().values()) {
      newest = Math.max(newest, each.frontier());
    }
    Map<ItemId, ArmEvidence> evidence = new HashMap<>();
    for (Map.Entry<ItemId, ArmCounts> each : arms.seen().entrySet()) {
      evidence.put(each.getKey(), each.getValue().at(newest));
    }
    return new DiscountedSnapshot(new PosteriorSnapshot(version, evidence), fading, newest);
  }
}
