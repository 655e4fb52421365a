package dev.thaw.models.factors;

import java.util.Map;

/**
 * @param rank d
 * @param learningRate of the first epoch; falls as {@code 1 / (1 + epoch * decay)}
 * @param decay of the learning rate per epoch
 * @param lambda weight of the squared factors in each gradient step
 * @param biasLambda weight of the squared biases in each gradient step
 * @param epochs over all ratings, each in a new random order
 */
public record BiasedFactorisationConfig(
    int rank, double learningRate, double decay, double lambda, double biasLambda, int epochs) {
  public static final BiasedFactorisationConfig DEFAULT =
      new BiasedFactorisationConfig(32, 0.01, 0.02, 0.06, 0.03, 30);

  public BiasedFactorisationConfig {
    FactorBounds.check(rank, lambda, epochs);
    if (!(learningRate > 0) || !(decay >= 0) || !(biasLambda > 0)) {
      throw new IllegalArgumentException(
          "needs learningRate > 0, decay >= 0, biasLambda > 0, was "
              + learningRate
              + ", "
              + decay
              + ", "
              + biasLambda);
    }
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.of(
        "rank", "" + rank,
        "learning_rate", "" + learningRate,
        "decay", "" + decay,
        "lambda", "" + lambda,
        "bias_lambda", "" + biasLambda,
        "epochs", "" + epochs);
  }
}
