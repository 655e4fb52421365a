package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.KnownArms;
import java.util.function.Predicate;

/** {@link DiagonalStatistics} of all arms. */
public final class DiagonalLearner implements BanditLearner<DiagonalSnapshot> {
  private final LinearPrior prior;
  private final KnownArms<DiagonalStatistics> arms;

  /**
   * @param known which arms there are
   */
  public DiagonalLearner(LinearPrior prior, Predicate<ItemId> known, Fading fading) {
    this.prior = prior;
    this.arms = new KnownArms<>(known, () -> new DiagonalStatistics(prior, fading));
  }

  @Override
  public void observe(ItemId arm, float[] features, double reward, long time) {
    prior.require(features, reward);
    arms.of(arm).observe(features, reward, time);
  }

  @Override
  public DiagonalSnapshot snapshot(String version, long time) {
    return DiagonalSnapshot.of(version, prior, arms.seen(), time);
  }
}
