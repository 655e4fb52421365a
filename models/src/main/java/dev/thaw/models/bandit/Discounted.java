package dev.thaw.models.bandit;

import java.util.SplittableRandom;

/**
 * A policy of counts, on counts that fade: what is liked now counts more than what was liked, and
 * arms not shown for long are tried again. Of {@link Ucb1} this is discounted UCB.
 */
public final class Discounted implements ExplorationPolicy<DiscountedSnapshot> {
  private final ExplorationPolicy<PosteriorSnapshot> policy;

  public Discounted(ExplorationPolicy<PosteriorSnapshot> policy) {
    this.policy = policy;
  }

  @Override
  public String version() {
    return "discounted(" + policy.version() + ")";
  }

  @Override
  public boolean supportsPropensities() {
    return policy.supportsPropensities();
  }

  @Override
  public double[] probabilities(Decision<DiscountedSnapshot> decision, SplittableRandom random) {
    return policy.probabilities(decision.on(decision.evidence().at(decision)), random);
  }
}
