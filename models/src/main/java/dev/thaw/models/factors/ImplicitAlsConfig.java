package dev.thaw.models.factors;

import java.util.Map;

/**
 * @param rank d
 * @param lambda weight of the squared factors
 * @param alpha confidence of a positive beyond the 1 of everything else
 * @param sweeps over items and users
 * @param popularityWeight of log popularity as item bias in ranking
 */
public record ImplicitAlsConfig(
    int rank, double lambda, double alpha, int sweeps, double popularityWeight) {
  public static final ImplicitAlsConfig DEFAULT = new ImplicitAlsConfig(64, 45, 1, 12, 0);

  public ImplicitAlsConfig {
    FactorBounds.check(rank, lambda, sweeps);
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("alpha must be > 0, was " + alpha);
    }
    if (!(popularityWeight >= 0)) {
      throw new IllegalArgumentException("popularityWeight must be >= 0, was " + popularityWeight);
    }
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.of(
        "rank", "" + rank,
        "lambda", "" + lambda,
        "alpha", "" + alpha,
        "sweeps", "" + sweeps,
        "popularity_weight", "" + popularityWeight);
  }
}
