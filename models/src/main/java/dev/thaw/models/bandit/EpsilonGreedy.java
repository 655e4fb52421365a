package dev.thaw.models.bandit;

import java.util.SplittableRandom;

/**
 * The arm with the highest posterior mean, or with chance epsilon any. Arms of one mean share it
 * evenly. O(n).
 */
public final class EpsilonGreedy implements ExplorationPolicy<PosteriorSnapshot> {
  private final Epsilon epsilon;

  public EpsilonGreedy(Epsilon epsilon) {
    this.epsilon = epsilon;
  }

  @Override
  public String version() {
    return "epsilon-greedy(" + epsilon + ")";
  }

  /** A decaying epsilon never is 0. */
  @Override
  public boolean supportsPropensities() {
    return !(epsilon instanceof Epsilon.Fixed fixed) || fixed.epsilon() > 0;
  }

  @Override
  public double[] probabilities(Decision<PosteriorSnapshot> decision, SplittableRandom random) {
    double share = epsilon.at(Counts.total(Counts.of(decision)), decision.arms());
    return new UniformFloor(share).underBest(Counts.means(decision));
  }
}
