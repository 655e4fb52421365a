package dev.thaw.models.factors;

import java.util.Arrays;

/**
 * Normal equations of one row, {@code A x = b} with A symmetric positive definite of size d, solved
 * by Cholesky in place. Scratch of one thread; the one arithmetic of training and of fold-in.
 */
final class RowSolver {
  private final int rank;
  private final double[] a;
  private final double[] b;
  private final double[] row;

  RowSolver(int rank) {
    this.rank = rank;
    this.a = new double[rank * rank];
    this.b = new double[rank];
    this.row = new double[rank];
  }

  /** A = prior (lower triangle of d x d, row after row), b = 0. */
  void start(double[] prior) {
    System.arraycopy(prior, 0, a, 0, a.length);
    Arrays.fill(b, 0);
  }

  /** A = lambda I, b = 0. */
  void start(double lambda) {
    Arrays.fill(a, 0);
    Arrays.fill(b, 0);
    for (int i = 0; i < rank; i++) {
      a[i * rank + i] = lambda;
    }
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
        a[i * rank + j] = scale * gram[i * rank + j];
      }
      a[i * rank + i] += ridge;
      b[i] = ridge * mean[i];
    }
  }

  /** A += weight v v', b += target v with v the given row of a flat matrix. O(d^2). */
  void add(float[] matrix, int index, double weight, double target) {
    for (int i = 0, at = index * rank; i < rank; i++) {
      row[i] = matrix[at++];
    }
    for (int i = 0; i < rank; i++) {
      double weighted = weight * row[i];
      int start = i * rank;
      for (int j = 0; j <= i; j++) {
        a[start + j] += weighted * row[j];
      }
      b[i] += target * row[i];
    }
  }

  /** Writes x as the given row of a flat matrix. O(d^3). */
  void solve(float[] out, int index) {
    factorise();
    for (int i = 0; i < rank; i++) {
      double sum = b[i];
      for (int j = 0; j < i; j++) {
        sum -= a[i * rank + j] * b[j];
      }
      b[i] = sum / a[i * rank + i];
    }
    for (int i = rank - 1; i >= 0; i--) {
      b[i] /= a[i * rank + i];
      for (int j = 0; j < i; j++) {
        b[j] -= a[i * rank + j] * b[i];
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
          sum -= a[i * rank + j] * row[j];
        }
        row[i] = sum / a[i * rank + i];
        trace += row[i] * row[i];
      }
    }
    return trace;
  }

  private void factorise() {
    for (int i = 0; i < rank; i++) {
      int ri = i * rank;
      for (int j = 0; j <= i; j++) {
        int rj = j * rank;
        double sum = a[ri + j];
        for (int k = 0; k < j; k++) {
          sum -= a[ri + k] * a[rj + k];
        }
        if (i == j) {
          if (!(sum > 0)) {
            throw new ArithmeticException(
                "normal equations must be positive definite, pivot " + i + " was " + sum);
          }
          a[ri + i] = Math.sqrt(sum);
        } else {
          a[ri + j] = sum / a[rj + j];
        }
      }
    }
  }
}
