package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Keeps a share of the first slot for items of which nothing is known, evenly among those that are
 * eligible: {@code q_i = (1 - share) p_i + share 1[i new] / m}, p being another policy's chances
 * and m the number of new items. Without new ones, p. {@link ExplorationBudget} says which are
 * eligible.
 */
public final class NewcomerShare<E extends EvidenceSnapshot> implements ExplorationPolicy<E> {
  private final ExplorationPolicy<E> policy;
  private final double share;
  private final Predicate<ItemId> newcomer;

  /**
   * @param share in [0, 1)
   * @param newcomer whether nothing is known of an item
   */
  public NewcomerShare(ExplorationPolicy<E> policy, double share, Predicate<ItemId> newcomer) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("share must be in [0, 1), was " + share);
    }
    this.policy = policy;
    this.share = share;
    this.newcomer = newcomer;
  }

  @Override
  public String version() {
    return "newcomers(share=" + share + "," + policy.version() + ")";
  }

  @Override
  public boolean supportsPropensities() {
    return policy.supportsPropensities();
  }

  @Override
  public double[] probabilities(Decision<E> decision, SplittableRandom random) {
    double[] q = policy.probabilities(decision, random);
    long newcomers = decision.eligible().stream().filter(arm -> newcomer.test(arm.item())).count();
    if (newcomers == 0) {
      return q;
    }
    for (int i = 0; i < q.length; i++) {
      boolean isNew = newcomer.test(decision.eligible().get(i).item());
      q[i] = (1 - share) * q[i] + (isNew ? share / newcomers : 0);
    }
    return q;
  }
}
