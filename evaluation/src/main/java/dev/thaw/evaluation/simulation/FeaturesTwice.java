package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.EvidenceSnapshot;
import dev.thaw.models.bandit.ExplorationPolicy;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Gives hybrid models the features of a visit twice, length 2d: once for the weights that all arms
 * share, once for those of each arm.
 */
final class FeaturesTwice {
  private FeaturesTwice() {}

  static <E extends EvidenceSnapshot> BanditLearner<E> learner(BanditLearner<E> learner) {
    return new BanditLearner<>() {
      @Override
      public void observe(ItemId arm, float[] features, double reward, long time) {
        learner.observe(arm, twice(features), reward, time);
      }

      @Override
      public E snapshot(String version, long time) {
        return learner.snapshot(version, time);
      }
    };
  }

  /**
   * @param policy whose visits have one vector of features for all arms
   */
  static <E extends EvidenceSnapshot> ExplorationPolicy<E> policy(ExplorationPolicy<E> policy) {
    return new ExplorationPolicy<>() {
      @Override
      public String version() {
        return policy.version();
      }

      @Override
      public boolean supportsPropensities() {
        return policy.supportsPropensities();
      }

      @Override
      public double[] probabilities(Decision<E> decision, SplittableRandom random) {
        return policy.probabilities(
            new Decision<>(
                decision.evidence(),
                decision.eligible(),
                Contexts.shared(twice(decision.contexts().of(0))),
                decision.time()),
            random);
      }
    };
  }

  private static float[] twice(float[] features) {
    float[] both = Arrays.copyOf(features, 2 * features.length);
    System.arraycopy(features, 0, both, features.length, features.length);
    return both;
  }
}
