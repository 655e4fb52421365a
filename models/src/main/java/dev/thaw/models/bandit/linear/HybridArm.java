package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.Repairs;
import dev.thaw.models.training.Dot;
import java.util.Arrays;

/**
 * What LinUCB's hybrid model keeps of one arm: {@code A_a}, {@code b_a} and {@code B_a = sum x z'}
 * (Li et al., WWW 2010, algorithm 2). Mutable; belongs to one thread.
 */
final class HybridArm {
  private final int k;
  private final int d;
  private final RidgeStatistics own;
  private final double[] cross;

  /**
   * @param k length of z, the features that all arms weigh alike
   * @param prior of the arm's own weights, of d features
   */
  HybridArm(int k, LinearPrior prior) {
    this.k = k;
    this.d = prior.dimension();
    this.own = new RidgeStatistics(prior, Fading.NONE);
    this.cross = new double[d * k];
  }

  /**
   * Learns from one observation, and tells the shared weights what it says of them. Lines 17, 18,
   * 22 and 23 of the algorithm take B' A^-1 B of before from A_0 and give back that of after, with
   * z z'; by Sherman and Morrison's formula that is one product of a vector with itself,
   *
   * <pre>A_0 += w w' / (1 + x' A^-1 x),  b_0 += w (r - x' A^-1 b) / (1 + x' A^-1 x),
   * w = z - B' A^-1 x,</pre>
   *
   * so that an observation takes O((d + k)^2) and nothing is inverted.
   */
  void observe(double[] z, double[] x, double reward, long time, RidgeStatistics shared) {
    double[] image = new double[d];
    double spread = 0;
    for (int i = 0; i < d; i++) {
      image[i] = Dot.of(own.inverse(), i * d, x, 0, d);
      spread += x[i] * image[i];
    }
    double root = Math.sqrt(1 + Math.max(0, spread));
    double[] w = z.clone();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < k; j++) {
        w[j] -= cross[i * k + j] * image[i];
      }
    }
    for (int j = 0; j < k; j++) {
      w[j] /= root;
    }
    double residual = reward - Dot.of(own.coefficients(), 0, x, 0, d);
    shared.observe(w, residual / root, time);
    long before = own.repairs().toPrior();
    own.observe(x, reward, time);
    if (own.repairs().toPrior() > before) {
      Arrays.fill(cross, 0);
    } else {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < k; j++) {
          cross[i * k + j] += x[i] * z[j];
        }
      }
    }
  }

  /** {@code A^-1 B}, d x k. O(d^2 k). */
  private double[] crossImage() {
    double[] image = new double[d * k];
    double[] inverse = own.inverse();
    for (int i = 0; i < d; i++) {
      for (int m = 0; m < d; m++) {
        double scale = inverse[i * d + m];
        for (int j = 0; j < k; j++) {
          image[i * k + j] += scale * cross[m * k + j];
        }
      }
    }
    return image;
  }

  /** Apart from what follows. */
  Posterior posterior(long time) {
    return new Posterior(own.posterior(time), crossImage());
  }

  Repairs repairs() {
    return own.repairs();
  }

  /** An arm's part of the model. Immutable. */
  static final class Posterior {
    private final RidgePosterior own;
    private final double[] crossImage;

    private Posterior(RidgePosterior own, double[] crossImage) {
      this.own = own;
      this.crossImage = crossImage;
    }

    /** {@code z - B' A^-1 x}: takes what the arm's own weights have to say away from z. */
    double[] rest(double[] z, double[] x) {
      double[] rest = z.clone();
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < rest.length; j++) {
          rest[j] -= crossImage[i * rest.length + j] * x[i];
        }
      }
      return rest;
    }

    RidgePosterior own() {
      return own;
    }
  }
}
