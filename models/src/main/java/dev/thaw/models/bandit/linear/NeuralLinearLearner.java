package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.KnownArms;
import dev.thaw.models.bandit.Repairs;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The learning half of neural-linear: regression of rewards on the representations of a trained
 * network, which itself is not touched. When the network is trained anew its representations are
 * other ones, and learning starts again.
 */
public final class NeuralLinearLearner implements BanditLearner<NeuralLinearSnapshot> {
  private final NormalInverseGammaPrior prior;
  private final boolean shared;
  private final NormalInverseGamma forAll;
  private final KnownArms<NormalInverseGamma> arms;

  private NeuralLinearLearner(
      NormalInverseGammaPrior prior, boolean shared, Predicate<ItemId> known, Fading fading) {
    this.prior = prior;
    this.shared = shared;
    this.forAll = new NormalInverseGamma(prior, fading);
    this.arms =
        new KnownArms<>(known, () -> shared ? forAll : new NormalInverseGamma(prior, fading));
  }

  /**
   * One regression for all arms, for representations of user and item together: what one arm earns
   * says something of others, new ones included.
   */
  public static NeuralLinearLearner shared(
      NormalInverseGammaPrior prior, Predicate<ItemId> known, Fading fading) {
    return new NeuralLinearLearner(prior, true, known, fading);
  }

  /** One regression an arm, as published, for representations of the user alone. */
  public static NeuralLinearLearner eachArm(
      NormalInverseGammaPrior prior, Predicate<ItemId> known, Fading fading) {
    return new NeuralLinearLearner(prior, false, known, fading);
  }

  @Override
  public void observe(ItemId arm, float[] features, double reward, long time) {
    prior.weights().require(features, reward);
    arms.of(arm).observe(Features.wide(features), reward, time);
  }

  @Override
  public NeuralLinearSnapshot snapshot(String version, long time) {
    Map<ItemId, NormalInverseGammaPosterior> posteriors = new HashMap<>();
    NormalInverseGammaPosterior all = forAll.posterior(time);
    Repairs repairs = forAll.repairs();
    if (!shared) {
      for (Map.Entry<ItemId, NormalInverseGamma> each : arms.seen().entrySet()) {
        posteriors.put(each.getKey(), each.getValue().posterior(time));
        repairs = repairs.plus(each.getValue().repairs());
      }
    }
    return new NeuralLinearSnapshot(
        version, prior.weights().dimension(), all, posteriors, shared, repairs);
  }
}
