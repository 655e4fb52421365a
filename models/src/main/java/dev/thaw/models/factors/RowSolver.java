package dev.thaw.models.factors;

import dev.thaw.models.training.Dot;
import java.util.Arrays;

/**
 * Normal equations of one row, {@code A x = b} with A symmetric positive definite of size d, solved
 * by Cholesky in place. Scratch of one thread; the arithmetic of fold-in, of explicit training, and
 * of what implicit training does not solve by {@link ConjugateGradient}.
 */
final class RowSolver {
  private final int rank;

  /** Lower triangle; after a solution its Cholesky factor. */
  private final double[][] a;

  private final double[] b;
  private final double[] row;
  private final OuterProducts products;
  private final double[][] panel;
  private final RowGroup group = new RowGroup();

  RowSolver(int rank) {
    this.rank = rank;
    this.a = new double[rank][rank];
    this.b = new double[rank];
    this.row = new double[rank];
    this.products = new OuterProducts(a);
    this.panel = new double[RowGroup.SIZE][rank];
  }

  /** A = prior (lower triangle of d x d, row after row), b = 0. */
  void start(double[] prior) {
    for (int i = 0; i < rank; i++) {
      System.arraycopy(prior, i * rank, a[i], 0, i + 1);
    }
    Arrays.fill(b, 0);
  }

  /** A = lambda I, b = 0. */
  void start(double lambda) {
    for (int i = 0; i < rank; i++) {
      Arrays.fill(a[i], 0);
      a[i][i] = lambda;
    }
    Arrays.fill(b, 0);
  }

  /**
   * {@code A = scale G + ridge I, b = ridge mean}: a prior of that mean beside a part of the fixed
   * side.
   *
   * @param gram G, as in {@link #start(double[])}
   * @param mean the first d count
   */
  void start(double[] gram, double scale, double ridge, float[] mean) {
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j <= i; j++) {
        a[i][j] = scale * gram[i * rank + j];
      }
      a[i][i] += ridge;
      b[i] = ridge * mean[i];
    }
  }

  /** A += weight v v', b += target v with v the given row of a flat matrix. O(d^2). */
  void add(float[] matrix, int index, double weight, double target) {
    products.add(matrix, index * rank, weight);
    for (int i = 0, at = index * rank; i < rank; i++) {
      b[i] += target * matrix[at++];
    }
  }

  /** Writes x as the given row of a flat matrix. O(d^3). */
  void solve(float[] out, int index) {
    products.finish();
    factorise();
    for (int i = 0; i < rank; i++) {
      b[i] = (b[i] - Dot.of(a[i], 0, b, 0, i)) / a[i][i];
    }
    for (int i = rank - 1; i >= 0; i--) {
      b[i] /= a[i][i];
      for (int j = 0; j < i; j++) {
        b[j] -= a[i][j] * b[i];
      }
    }
    for (int i = 0, at = index * rank; i < rank; i++) {
      out[at++] = (float) b[i];
    }
  }

  /** {@code tr(A^-1)} of the equations solved last. O(d^3). */
  double inverseTrace() {
    double trace = 0;
    for (int column = 0; column < rank; column++) {
      for (int i = column; i < rank; i++) {
        double sum = i == column ? 1 : 0;
        for (int j = column; j < i; j++) {
          sum -= a[i][j] * row[j];
        }
        row[i] = sum / a[i][i];
        trace += row[i] * row[i];
      }
    }
    return trace;
  }

  /**
   * Some columns after the other, and these together taken off all that is right of them: unlike
   * sums over a row, whose additions wait for each other, these are independent of one another.
   */
  private void factorise() {
    for (int from = 0; from < rank; from += RowGroup.SIZE) {
      int end = Math.min(rank, from + RowGroup.SIZE);
      group.clear();
      for (int k = from; k < end; k++) {
        factoriseColumn(k, from);
        group.add(panel[k - from], 0);
      }
      for (int i = end; i < rank; i++) {
        for (int k = from; k < end; k++) {
          group.weigh(k - from, -a[i][k]);
        }
        group.addTo(a[i], end, i + 1);
      }
    }
  }

  /** One column, less those of the panel before it. */
  private void factoriseColumn(int k, int from) {
    double[] column = panel[k - from];
    for (int i = k; i < rank; i++) {
      double left = a[i][k];
      for (int before = from; before < k; before++) {
        left -= a[i][before] * a[k][before];
      }
      column[i] = left;
    }
    double pivot = column[k];
    if (!(pivot > 0)) {
      throw new ArithmeticException(
          "normal equations must be positive definite, pivot " + k + " was " + pivot);
    }
    double root = Math.sqrt(pivot);
    for (int i = k; i < rank; i++) {
      column[i] /= root;
      a[i][k] = column[i];
    }
  }
}
