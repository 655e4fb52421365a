package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.KnownArms;
import dev.thaw.models.bandit.Repairs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The learning half of LinUCB with hybrid models. A context is z, k long, followed by x, d long.
 * Nothing fades: what an arm has told the shared weights can't be taken back.
 */
public final class HybridLearner implements BanditLearner<HybridSnapshot> {
  private final int k;
  private final LinearPrior whole;
  private final LinearPrior own;
  private final RidgeStatistics shared;
  private final KnownArms<HybridArm> arms;

  /**
   * @param shared prior of beta, of k features
   * @param own prior of each arm's theta, of d features
   * @param known which arms there are
   */
  public HybridLearner(LinearPrior shared, LinearPrior own, Predicate<ItemId> known) {
    this.k = shared.dimension();
    this.own = own;
    this.whole = new LinearPrior(k + own.dimension(), own.lambda());
    this.shared = new RidgeStatistics(shared, Fading.NONE);
    this.arms = new KnownArms<>(known, () -> new HybridArm(k, own));
  }

  @Override
  public void observe(ItemId arm, float[] features, double reward, long time) {
    whole.require(features, reward);
    double[] wide = Features.wide(features);
    arms.of(arm)
        .observe(
            Arrays.copyOf(wide, k), Arrays.copyOfRange(wide, k, wide.length), reward, time, shared);
  }

  @Override
  public HybridSnapshot snapshot(String version, long time) {
    Map<ItemId, HybridArm.Posterior> posteriors = new HashMap<>();
    Repairs repairs = shared.repairs();
    for (Map.Entry<ItemId, HybridArm> each : arms.seen().entrySet()) {
      posteriors.put(each.getKey(), each.getValue().posterior(time));
      repairs = repairs.plus(each.getValue().repairs());
    }
    return new HybridSnapshot(version, k, own, shared.posterior(time), posteriors, repairs);
  }
}
