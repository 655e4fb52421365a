package dev.thaw.evaluation.simulation;

import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.CountLearner;
import dev.thaw.models.bandit.Discounted;
import dev.thaw.models.bandit.DiscountedSnapshot;
import dev.thaw.models.bandit.Epsilon;
import dev.thaw.models.bandit.EpsilonGreedy;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.Softmax;
import dev.thaw.models.bandit.Ucb1;
import dev.thaw.models.bandit.UniformPolicy;
import dev.thaw.models.bandit.linear.DiagonalLearner;
import dev.thaw.models.bandit.linear.HybridLearner;
import dev.thaw.models.bandit.linear.LinUcb;
import dev.thaw.models.bandit.linear.LinearPrior;
import dev.thaw.models.bandit.linear.LinearThompson;
import dev.thaw.models.bandit.linear.NeuralLinear;
import dev.thaw.models.bandit.linear.NeuralLinearLearner;
import dev.thaw.models.bandit.linear.NormalInverseGammaPrior;
import dev.thaw.models.bandit.linear.RidgeLearner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The policies of {@code models}, as they are tried in simulated worlds. */
public final class Contenders {
  /** Name of UCB1 as published. */
  public static final String UCB1 = "ucb1";

  /** Mass of the uniform floor that serving logs with. */
  public static final double SERVED_FLOOR = 0.01;

  /** A floor too small to cost anything within a run. */
  private static final double NO_FLOOR = 1e-12;

  private static final int DRAWS = 200;
  private static final double EPSILON = 0.1;

  /** Name of epsilon-greedy with an epsilon that stays. */
  public static final String FIXED_EPSILON = "epsilon-greedy " + EPSILON;

  /** Rewards are rare, so that the published width of 1 would look at every arm for ever. */
  private static final double NARROW = 0.3;

  /** Standard deviation of a click's reward, at most. */
  private static final double NOISE = 0.5;

  /** Of the prior of a noise that is learned. */
  private static final double SHAPE = 6;

  private Contenders() {}

  /** As published, without floors: what regret bounds are about. */
  public static List<Contender<?>> published() {
    return List.of(
        counting(UCB1, new Ucb1(1, 0)),
        counting("thompson", BetaThompson.fresh(1, NO_FLOOR)),
        counting(FIXED_EPSILON, new EpsilonGreedy(new Epsilon.Fixed(EPSILON))));
  }

  /**
   * @param halfLife of counts that fade
   * @param dimension of contexts, 0 where there are none
   */
  public static List<Contender<?>> all(Duration halfLife, int dimension) {
    List<Contender<?>> all = new ArrayList<>();
    all.add(counting("random", new UniformPolicy<>()));
    all.add(counting(FIXED_EPSILON, new EpsilonGreedy(new Epsilon.Fixed(EPSILON))));
    all.add(counting("epsilon-greedy 1/t", new EpsilonGreedy(new Epsilon.Decaying(1, 0.2))));
    all.add(counting("softmax 0.05", new Softmax(0.05)));
    all.add(counting("ucb1 1", new Ucb1(1, SERVED_FLOOR)));
    all.add(counting("ucb1 " + NARROW, new Ucb1(NARROW, SERVED_FLOOR)));
    all.add(fading("discounted ucb " + NARROW, new Ucb1(NARROW, SERVED_FLOOR), halfLife));
    all.add(counting("thompson", new BetaThompson(DRAWS, SERVED_FLOOR)));
    all.add(fading("discounted thompson", new BetaThompson(DRAWS, SERVED_FLOOR), halfLife));
    if (dimension > 0) {
      LinearPrior prior = new LinearPrior(dimension, 1);
      all.add(
          new Contender<>(
              "linucb",
              world -> new RidgeLearner(prior, world::knows, Fading.NONE),
              new LinUcb<>(NARROW, SERVED_FLOOR)));
      all.add(
          new Contender<>(
              "linucb, hybrid",
              world -> FeaturesTwice.learner(new HybridLearner(prior, prior, world::knows)),
              FeaturesTwice.policy(new LinUcb<>(NARROW, SERVED_FLOOR))));
      all.add(
          new Contender<>(
              "linear thompson, full",
              world -> new RidgeLearner(prior, world::knows, Fading.NONE),
              new LinearThompson<>(NOISE, DRAWS, SERVED_FLOOR)));
      all.add(
          new Contender<>(
              "linear thompson, diagonal",
              world -> new DiagonalLearner(prior, world::knows, Fading.NONE),
              new LinearThompson<>(NOISE, DRAWS, SERVED_FLOOR)));
      NormalInverseGammaPrior unknownNoise =
          new NormalInverseGammaPrior(prior, SHAPE, SHAPE * NOISE * NOISE);
      all.add(
          new Contender<>(
              "neural-linear",
              world -> NeuralLinearLearner.eachArm(unknownNoise, world::knows, Fading.NONE),
              new NeuralLinear(DRAWS, SERVED_FLOOR)));
    }
    return all;
  }

  static Contender<DiscountedSnapshot> counting(
      String name, ExplorationPolicy<PosteriorSnapshot> policy) {
    return new Contender<>(name, world -> counts(world, Fading.NONE), new Discounted(policy));
  }

  private static Contender<DiscountedSnapshot> fading(
      String name, ExplorationPolicy<PosteriorSnapshot> policy, Duration halfLife) {
    return new Contender<>(
        name, world -> counts(world, Fading.ofHalfLife(halfLife)), new Discounted(policy));
  }

  private static BanditLearner<DiscountedSnapshot> counts(World world, Fading fading) {
    return new CountLearner(world::knows, fading);
  }
}
