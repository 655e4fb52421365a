package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Repairs;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Posteriors of arms out of sums that were learned elsewhere. An arm's is made when its sums come,
 * O(d^3), and kept until others do, so that a snapshot costs no more than a copy. Mutable; belongs
 * to one thread; snapshots don't change.
 *
 * @param <P> a posterior
 */
public final class LinearPosteriors<P> {
  private final Function<LinearSums, P> posterior;
  private final BiFunction<String, Map<ItemId, P>, LinearEvidence> snapshot;
  private final Map<ItemId, P> arms = new HashMap<>();

  private LinearPosteriors(
      Function<LinearSums, P> posterior,
      BiFunction<String, Map<ItemId, P>, LinearEvidence> snapshot) {
    this.posterior = posterior;
    this.snapshot = snapshot;
  }

  /** {@link LinearSums#diagonal}: O(d) an arm in a request, 8 d bytes an arm in a snapshot. */
  public static LinearPosteriors<?> diagonal(LinearPrior prior) {
    return new LinearPosteriors<>(
        sums -> sums.diagonal(prior),
        (version, arms) -> DiagonalSnapshot.of(version, prior, arms, 0));
  }

  /** {@link LinearSums#ridge}: O(d^2) an arm in a request, 8 d^2 bytes an arm in a snapshot. */
  public static LinearPosteriors<?> ridge(LinearPrior prior) {
    return new LinearPosteriors<>(
        sums -> Known.of(sums.ridge(prior), sums.frontier()),
        (version, arms) -> {
          Map<ItemId, RidgePosterior> posteriors = new HashMap<>();
          arms.forEach((arm, known) -> posteriors.put(arm, known.posterior));
          return new RidgeSnapshot(
              version,
              prior,
              posteriors,
              arms.values().stream()
                  .map(known -> known.repairs)
                  .reduce(Repairs.NONE, Repairs::plus));
        });
  }

  /**
   * In place of what was known of the arm.
   *
   * @throws IllegalArgumentException if the sums are of another dimension than the prior
   */
  public void put(ItemId arm, LinearSums sums) {
    arms.put(arm, posterior.apply(sums));
  }

  /** The arm is as the prior says from here on. */
  public void remove(ItemId arm) {
    arms.remove(arm);
  }

  /**
   * @param version names the snapshot in impression records
   */
  public LinearEvidence snapshot(String version) {
    return snapshot.apply(version, arms);
  }

  private record Known(RidgePosterior posterior, Repairs repairs) {
    static Known of(RidgeStatistics statistics, long time) {
      return new Known(statistics.posterior(time), statistics.repairs());
    }
  }
}
