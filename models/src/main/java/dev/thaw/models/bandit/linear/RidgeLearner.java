package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.KnownArms;
import dev.thaw.models.bandit.Repairs;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** {@link RidgeStatistics} of all arms: the learning half of LinUCB with disjoint models. */
public final class RidgeLearner implements BanditLearner<RidgeSnapshot> {
  private final LinearPrior prior;
  private final KnownArms<RidgeStatistics> arms;

  /**
   * @param known which arms there are
   */
  public RidgeLearner(LinearPrior prior, Predicate<ItemId> known, Fading fading) {
    this.prior = prior;
    this.arms = new KnownArms<>(known, () -> new RidgeStatistics(prior, fading));
  }

  @Override
  public void observe(ItemId arm, float[] features, double reward, long time) {
    prior.require(features, reward);
    arms.of(arm).observe(Features.wide(features), reward, time);
  }

  @Override
  public RidgeSnapshot snapshot(String version, long time) {
    Map<ItemId, RidgePosterior> posteriors = new HashMap<>();
    Repairs repairs = Repairs.NONE;
    for (Map.Entry<ItemId, RidgeStatistics> each : arms.seen().entrySet()) {
      posteriors.put(each.getKey(), each.getValue().posterior(time));
      repairs = repairs.plus(each.getValue().repairs());
    }
    return new RidgeSnapshot(version, prior, posteriors, repairs);
  }
}
