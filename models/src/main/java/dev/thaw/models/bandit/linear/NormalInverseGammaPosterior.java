package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.GammaSampler;
import dev.thaw.models.bandit.Ziggurat;
import dev.thaw.models.training.Dot;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** {@code sigma^2 ~ InverseGamma(a, b), theta ~ N(mu, sigma^2 A^-1)}. Immutable, thread-safe. */
final class NormalInverseGammaPosterior {
  private final double[] mu;
  private final double[] root;
  private final double scale;
  private final GammaSampler precision = new GammaSampler(1);

  /**
   * @param root of {@code A^-1}, see {@link #lowerRoot}
   */
  NormalInverseGammaPosterior(double[] mu, double[] root, double shape, double scale) {
    this.mu = mu;
    this.scale = scale;
    this.root = root;
    precision.set(0, shape);
  }

  /**
   * Lower triangular L with {@code L L' = A^-1}, kept for all draws; empty if that is not positive
   * definite. O(d^3).
   */
  static Optional<double[]> lowerRoot(double[] inverse, int d) {
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(d, true);
    return cholesky.decompose(new DMatrixRMaj(d, d, true, inverse.clone()))
        ? Optional.of(cholesky.getT(null).data)
        : Optional.empty();
  }

  double mean(double[] x) {
    return Dot.of(mu, 0, x, 0, x.length);
  }

  /** {@code sqrt(x' A^-1 x) = |L' x|}. O(d^2). */
  double width(double[] x) {
    double squares = 0;
    for (int j = 0; j < x.length; j++) {
      double sum = 0;
      for (int i = j; i < x.length; i++) {
        sum += root[i * x.length + j] * x[i];
      }
      squares += sum * sum;
    }
    return Math.sqrt(squares);
  }

  /** A draw of sigma. */
  double noise(SplittableRandom random) {
    return Math.sqrt(scale / precision.draw(0, random));
  }

  /** A draw of the weights. O(d^2). */
  double[] weights(SplittableRandom random) {
    int d = mu.length;
    double sigma = noise(random);
    double[] normal = new double[d];
    for (int j = 0; j < d; j++) {
      normal[j] = sigma * Ziggurat.normal(random.nextLong(), random);
    }
    double[] theta = mu.clone();
    for (int i = 0; i < d; i++) {
      theta[i] += Dot.of(root, i * d, normal, 0, i + 1);
    }
    return theta;
  }
}
