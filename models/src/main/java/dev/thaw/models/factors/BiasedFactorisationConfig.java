package dev.thaw.models.factors;

import java.util.Map;

/**
 * Ratings are trained on in units of the residuals' root mean square, so that none of this depends
 * on the scale.
 *
 * @param rank d
 * @param learningRate of the first epoch; falls as {@code 1 / (1 + epoch * decay)}
 * @param decay of the learning rate per epoch
 * @param lambda weight of the squared factors in each gradient step
 * @param biasLambda weight of the squared biases in each gradient step
 * @param epochs over all ratings, each in a new random order
 * @param foldInLambda weight of the squared factors of a user who is folded in, whatever the number
 *     of ratings, see {@link ExplicitAlsConfig#foldInLambda}
 */
public record BiasedFactorisationConfig(
    int rank,
    double learningRate,
    double decay,
    double lambda,
    double biasLambda,
    int epochs,
    double foldInLambda) {
  /** What did best on validation users of MovieLens 100K and 1M, for where nothing is chosen. */
  public static final BiasedFactorisationConfig DEFAULT =
      new BiasedFactorisationConfig(32, 0.01, 0.02, 0.06, 0.03, 30, 2.5);

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
    FactorBounds.checkFoldIn(foldInLambda);
  }

  /** The same with other regularisation of the factors. */
  public BiasedFactorisationConfig withRegularisation(double newLambda, double newFoldInLambda) {
    return new BiasedFactorisationConfig(
        rank, learningRate, decay, newLambda, biasLambda, epochs, newFoldInLambda);
  }

  /** The same with another rank. */
  public BiasedFactorisationConfig withRank(int newRank) {
    return new BiasedFactorisationConfig(
        newRank, learningRate, decay, lambda, biasLambda, epochs, foldInLambda);
  }

  /** For a provenance. */
  public Map<String, String> toMap() {
    return Map.of(
        "rank", "" + rank,
        "learning_rate", "" + learningRate,
        "decay", "" + decay,
        "lambda", "" + lambda,
        "bias_lambda", "" + biasLambda,
        "epochs", "" + epochs,
        "fold_in_lambda", "" + foldInLambda);
  }
}
