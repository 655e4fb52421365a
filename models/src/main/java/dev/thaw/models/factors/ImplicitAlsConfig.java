package dev.thaw.models.factors;

import java.util.Map;

/**
 * @param rank d
 * @param lambda weight of the squared factors
 * @param alpha confidence of a positive beyond the 1 of everything else
 * @param sweeps over items and users
 * @param popularityWeight of log popularity as item bias in ranking
 * @param userRidge lambda of users who fold in, as a multiple of that of training: those of few
 *     likes need more of it than factors that many users share
 */
public record ImplicitAlsConfig(
    int rank, double lambda, double alpha, int sweeps, double popularityWeight, double userRidge) {
  public static final ImplicitAlsConfig DEFAULT = new ImplicitAlsConfig(64, 45, 1, 12, 0);

  public ImplicitAlsConfig {
    FactorBounds.check(rank, lambda, sweeps);
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("alpha must be > 0, was " + alpha);
    }
    if (!(userRidge > 0)) {
      throw new IllegalArgumentException("userRidge must be > 0, was " + userRidge);
    }
    if (!(popularityWeight >= 0)) {
      throw new IllegalArgumentException("popularityWeight must be >= 0, was " + popularityWeight);
    }
  }

  /** Users fold in with the lambda of training. */
  public ImplicitAlsConfig(
      int rank, double lambda, double alpha, int sweeps, double popularityWeight) {
    this(rank, lambda, alpha, sweeps, popularityWeight, 1);
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.of(
        "rank", "" + rank,
        "lambda", "" + lambda,
        "alpha", "" + alpha,
        "sweeps", "" + sweeps,
        "popularity_weight", "" + popularityWeight,
        "user_ridge", "" + userRidge);
  }
}
