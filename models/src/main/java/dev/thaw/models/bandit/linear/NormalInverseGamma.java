package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.Repairs;
import dev.thaw.models.training.Dot;
import java.util.Optional;

/**
 * Bayesian linear regression whose noise is unknown, too (Riquelme, Tucker and Snoek, "Deep
 * Bayesian bandits showdown", ICLR 2018, equations 1 and 2):
 *
 * <pre>
 * A = lambda I + sum x x',  mu = A^-1 sum r x,
 * a = a_0 + n / 2,  b = b_0 + (sum r^2 - mu' A mu) / 2
 * </pre>
 *
 * Mutable; belongs to one thread. O(d^2) an observation.
 */
final class NormalInverseGamma {
  private final NormalInverseGammaPrior prior;
  private final Fading fading;
  private final RidgeStatistics weights;
  private double count;
  private double squares;
  private long repaired;

  /** Whether the scale was below the prior's when it was last asked for. */
  private boolean scaled;

  NormalInverseGamma(NormalInverseGammaPrior prior, Fading fading) {
    this.prior = prior;
    this.fading = fading;
    this.weights = new RidgeStatistics(prior.weights(), fading);
  }

  void observe(double[] x, double reward, long time) {
    fade(time);
    weights.observe(x, reward, time);
    double weight = fading.left(time, weights.frontier());
    count += weight;
    squares += weight * reward * reward;
  }

  private void fade(long time) {
    double left = fading.left(weights.frontier(), time);
    count *= left;
    squares *= left;
  }

  /**
   * As of a time, apart from what follows. A covariance that rounding has left without a root is
   * made anew, and where that has none either all falls back to the prior; both are counted.
   */
  NormalInverseGammaPosterior posterior(long time) {
    fade(time);
    double[] root = root(time);
    double[] mu = weights.coefficients();
    double explained = Dot.of(mu, 0, weights.moment(), 0, mu.length);
    double scale = prior.scale() + (squares - explained) / 2;
    boolean belowPrior = !(scale >= prior.scale());
    if (belowPrior) {
      // never less than assumed, but for rounding
      scale = prior.scale();
      repaired += scaled ? 0 : 1;
    }
    scaled = belowPrior;
    return new NormalInverseGammaPosterior(mu, root, prior.shape() + count / 2, scale);
  }

  private double[] root(long time) {
    int d = prior.weights().dimension();
    Optional<double[]> root =
        NormalInverseGammaPosterior.lowerRoot(weights.posterior(time).inverse(), d);
    if (root.isEmpty()) {
      weights.invertAgain();
      root = NormalInverseGammaPosterior.lowerRoot(weights.inverse(), d);
    }
    if (root.isEmpty()) {
      weights.forget();
      count = 0;
      squares = 0;
      root = NormalInverseGammaPosterior.lowerRoot(weights.inverse(), d);
    }
    return root.orElseThrow();
  }

  Repairs repairs() {
    return weights.repairs().plus(new Repairs(repaired, 0));
  }
}
