package dev.thaw.models.bandit.linear;

/**
 * What is assumed of weights and noise: {@code theta ~ N(0, sigma^2 / lambda I), sigma^2 ~
 * InverseGamma(shape, scale)}.
 *
 * @param shape a, in (0, 1e6]; 6 in Riquelme et al.
 * @param scale b, in (0, 1e6]; the noise's variance is about b / a
 */
public record NormalInverseGammaPrior(LinearPrior weights, double shape, double scale) {
  public NormalInverseGammaPrior {
    if (!(shape > 0 && shape <= 1e6) || !(scale > 0 && scale <= 1e6)) {
      throw new IllegalArgumentException(
          "shape and scale must be in (0, 1e6], were " + shape + " and " + scale);
    }
  }
}
