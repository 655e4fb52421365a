package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.NeighbourPriors.Assumed;
import dev.thaw.models.bandit.PosteriorSnapshot;
import java.util.Map;
import java.util.Optional;

/**
 * The evidence of a domain's arms as each configuration sees it. Immutable.
 *
 * @param byConfiguration with {@link Assignment#NONE} for what all of them learned together
 * @param ever impressions of each arm, whatever they still count for
 * @param linear of configurations whose policies are contextual
 * @param assumed of configurations whose priors are of neighbours
 */
record Posteriors(
    Map<Assignment, PosteriorSnapshot> byConfiguration,
    Map<ItemId, Double> ever,
    Map<Assignment, LinearRanks> linear,
    Map<Assignment, AssumedRates> assumed) {
  Posteriors {
    byConfiguration = Map.copyOf(byConfiguration);
    ever = Map.copyOf(ever);
    linear = Map.copyOf(linear);
    assumed = Map.copyOf(assumed);
  }

  /** Linear statistics that could not be inverted, of all configurations. */
  long repairs() {
    return linear.values().stream()
        .map(ranks -> ranks.evidence().repairs())
        .mapToLong(repairs -> repairs.toPrior() + repairs.inverted())
        .sum();
  }

  /** What neighbours tell of an arm; nothing where a configuration's priors are not of them. */
  Optional<Assumed> assumed(Assignment assignment, ItemId item) {
    AssumedRates rates = assumed.get(assignment);
    return rates == null ? Optional.empty() : rates.of(item);
  }

  PosteriorSnapshot all() {
    return of(Assignment.NONE);
  }

  /**
   * @throws IllegalArgumentException if the configuration's policy is no contextual one
   */
  LinearRanks linear(Assignment assignment) {
    LinearRanks ranks = linear.get(assignment);
    if (ranks == null) {
      throw new IllegalArgumentException(
          "contextual configuration must be one of " + linear.keySet() + ", was " + assignment);
    }
    return ranks;
  }

  /**
   * @throws IllegalArgumentException if there is no such configuration
   */
  PosteriorSnapshot of(Assignment assignment) {
    PosteriorSnapshot snapshot = byConfiguration.get(assignment);
    if (snapshot == null) {
      throw new IllegalArgumentException(
          "configuration must be one of " + byConfiguration.keySet() + ", was " + assignment);
    }
    return snapshot;
  }
}
