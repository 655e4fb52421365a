package dev.thaw.models.meta;

/**
 * Products of row-major matrices that lie in flat arrays. Every inner loop runs along a row with
 * one store for four products, which the compiler turns into vector instructions.
 */
final class Kernels {
  private Kernels() {}

  /** {@code C += A B} with A n x k, B k x m, C n x m, each from its offset on. */
  static void addProduct(
      double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int n, int k, int m) {
    for (int r = 0; r < n; r++) {
      addCombination(a, aAt + r * k, 1, b, bAt, c, cAt + r * m, k, m);
    }
  }

  /** {@code C += A' B} with A n x k, B n x m, C k x m. */
  static void addTransposedProduct(
      double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int n, int k, int m) {
    for (int i = 0; i < k; i++) {
      addCombination(a, aAt + i, k, b, bAt, c, cAt + i * m, n, m);
    }
  }

  /** {@code c += sum_i w_i B_i} over the {@code k} rows of B, weights {@code stride} apart. */
  private static void addCombination(
      double[] w, int wAt, int stride, double[] b, int bAt, double[] c, int cAt, int k, int m) {
    int i = 0;
    for (; i + 3 < k; i += 4) {
      int at = wAt + i * stride;
      addFour(
          w[at], w[at + stride], w[at + 2 * stride], w[at + 3 * stride], b, bAt + i * m, c, cAt, m);
    }
    for (; i < k; i++) {
      addScaled(w[wAt + i * stride], b, bAt + i * m, c, cAt, m);
    }
  }

  private static void addFour(
      double w0, double w1, double w2, double w3, double[] b, int bAt, double[] c, int cAt, int m) {
    int b1 = bAt + m;
    int b2 = b1 + m;
    int b3 = b2 + m;
    for (int j = 0; j < m; j++) {
      c[cAt + j] += w0 * b[bAt + j] + w1 * b[b1 + j] + w2 * b[b2 + j] + w3 * b[b3 + j];
    }
  }

  /** {@code c += w b}. */
  static void addScaled(double w, double[] b, int bAt, double[] c, int cAt, int m) {
    for (int j = 0; j < m; j++) {
      c[cAt + j] += w * b[bAt + j];
    }
  }

  static double dot(double[] a, int aAt, double[] b, int bAt, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += a[aAt + i] * b[bAt + i];
    }
    return sum;
  }

  /** {@code T = A'}, from A n x k to T k x n. */
  static void transpose(double[] a, int aAt, double[] t, int n, int k) {
    for (int r = 0; r < n; r++) {
      for (int i = 0; i < k; i++) {
        t[i * n + r] = a[aAt + r * k + i];
      }
    }
  }
}
