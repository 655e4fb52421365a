package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Contexts;

/**
 * What is assumed of the weights before any reward: {@code theta ~ N(0, noise^2 / lambda I)}.
 *
 * @param dimension d, in [1, 4096]
 * @param lambda precision in units of the noise's, in [1e-6, 1e6]; 1 as in LinUCB
 */
public record LinearPrior(int dimension, double lambda) {
  private static final double MOST = 1e6;

  public LinearPrior {
    if (dimension < 1 || dimension > 4_096) {
      throw new IllegalArgumentException("dimension must be in [1, 4096], was " + dimension);
    }
    if (!(lambda >= 1e-6 && lambda <= 1e6)) {
      throw new IllegalArgumentException("lambda must be in [1e-6, 1e6], was " + lambda);
    }
  }

  /**
   * @throws IllegalArgumentException if there are not d finite features, or the reward is not in
   *     [0, 1e6]
   */
  void require(float[] features, double reward) {
    if (features.length != dimension) {
      throw new IllegalArgumentException(
          "features must be " + dimension + ", were " + features.length);
    }
    Contexts.requireFinite(features);
    if (!(reward >= 0 && reward <= MOST)) {
      throw new IllegalArgumentException("reward must be in [0, 1e6], was " + reward);
    }
  }
}
