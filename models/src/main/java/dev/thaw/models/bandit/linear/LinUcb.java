package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.UniformFloor;
import java.util.SplittableRandom;

/**
 * LinUCB: Li et al., "A contextual-bandit approach to personalized news article recommendation",
 * WWW 2010. The arm with the highest {@code mean + alpha deviation}: equation 5 with {@link
 * RidgeSnapshot} (algorithm 1, disjoint), line 12 of algorithm 2 with {@link HybridSnapshot}.
 * Deterministic but for its floor, with 0 of which its log is of no use to off-policy evaluation.
 *
 * @param <E> whose scores it goes by
 */
public final class LinUcb<E extends LinearEvidence> implements ExplorationPolicy<E> {
  private final double alpha;
  private final UniformFloor floor;

  /**
   * @param alpha in [0, 1000]; with 0 greedy
   * @param uniformFloor mass spread evenly over the eligible arms, in [0, 1]
   */
  public LinUcb(double alpha, double uniformFloor) {
    if (!(alpha >= 0 && alpha <= 1_000)) {
      throw new IllegalArgumentException("alpha must be in [0, 1000], was " + alpha);
    }
    this.alpha = alpha;
    this.floor = new UniformFloor(uniformFloor);
  }

  @Override
  public String version() {
    return "linucb(alpha=" + alpha + "," + floor + ")";
  }

  @Override
  public boolean supportsPropensities() {
    return floor.supports();
  }

  @Override
  public double[] probabilities(Decision<E> decision, SplittableRandom random) {
    return floor.underBest(
        decision.evidence().scores(decision.eligible(), decision.contexts()).upper(alpha));
  }
}
