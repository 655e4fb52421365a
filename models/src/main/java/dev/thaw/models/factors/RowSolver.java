package dev.thaw.models.factors;

import dev.thaw.models.training.Dot;
import java.util.Arrays;

/**
 * Normal equations of one row, {@code A x = b} with A symmetric positive definite of size d, solved
 * by Cholesky in place. Scratch of one thread; the one arithmetic of training and of fold-in.
 */
final class RowSolver {
  private static final int TOGETHER = 4;

  private final int rank;
  private final double[] a;
  private final double[] b;
  private final double[] row;

  /** Rows that are still to be added, and their weights. */
  private final double[] rows;

  private final double[] weights = new double[TOGETHER];
  private int waiting;

  RowSolver(int rank) {
    this.rank = rank;
    this.a = new double[rank * rank];
    this.b = new double[rank];
    this.row = new double[rank];
    this.rows = new double[TOGETHER * rank];
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
    if (waiting == TOGETHER) {
      addWaiting();
    }
    int to = waiting * rank;
    for (int i = 0, at = index * rank; i < rank; i++) {
      double value = matrix[at++];
      rows[to + i] = value;
      b[i] += target * value;
    }
    weights[waiting++] = weight;
  }

  /** Several rows at once: each element of A is read and written once for all of them. */
  private void addWaiting() {
    Arrays.fill(weights, waiting, TOGETHER, 0);
    int second = rank;
    int third = 2 * rank;
    int fourth = 3 * rank;
    for (int i = 0; i < rank; i++) {
      addTo(
          a,
          i * rank,
          i + 1,
          rows,
          rank,
          weights[0] * rows[i],
          weights[1] * rows[second + i],
          weights[2] * rows[third + i],
          weights[3] * rows[fourth + i]);
    }
    waiting = 0;
  }

  private static void addTo(
      double[] to,
      int at,
      int n,
      double[] rows,
      int rank,
      double first,
      double second,
      double third,
      double fourth) {
    int r2 = rank;
    int r3 = 2 * rank;
    int r4 = 3 * rank;
    for (int j = 0; j < n; j++) {
      to[at + j] +=
          first * rows[j] + second * rows[r2 + j] + (third * rows[r3 + j] + fourth * rows[r4 + j]);
    }
  }

  /** Writes x as the given row of a flat matrix. O(d^3). */
  void solve(float[] out, int index) {
    addWaiting();
    factorise();
    for (int i = 0; i < rank; i++) {
      b[i] = (b[i] - Dot.of(a, i * rank, b, 0, i)) / a[i * rank + i];
    }
    for (int i = rank - 1; i >= 0; i--) {
      b[i] /= a[i * rank + i];
      for (int j = 0, at = i * rank; j < i; j++) {
        b[j] -= a[at + j] * b[i];
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

  /**
   * Column after column, each taken off all that is right of it: unlike sums over a row, whose
   * additions wait for each other, these are independent of one another.
   */
  private void factorise() {
    for (int k = 0; k < rank; k++) {
      double pivot = a[k * rank + k];
      if (!(pivot > 0)) {
        throw new ArithmeticException(
            "normal equations must be positive definite, pivot " + k + " was " + pivot);
      }
      double root = Math.sqrt(pivot);
      a[k * rank + k] = root;
      for (int i = k + 1; i < rank; i++) {
        row[i] = a[i * rank + k] / root;
        a[i * rank + k] = row[i];
      }
      for (int i = k + 1; i < rank; i++) {
        subtract(row[i], row, k + 1, i + 1, a, i * rank);
      }
    }
  }

  /** {@code to[at + j] -= weight from[j]} for j from begin to end. */
  private static void subtract(
      double weight, double[] from, int begin, int end, double[] to, int at) {
    for (int j = begin; j < end; j++) {
      to[at + j] -= weight * from[j];
    }
  }
}
