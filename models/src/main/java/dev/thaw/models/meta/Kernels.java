package dev.thaw.models.meta;

/**
 * Products of matrices whose rows are arrays of their own: the compiler turns the inner loop into
 * vector instructions for separate arrays, and not for several places of one (three times slower,
 * measured). Parameters lie in one flat array, and are unpacked into rows for a product.
 */
final class Kernels {
  private Kernels() {}

  /** {@code C += A B} with A n x k, B k x m, C n x m. */
  static void addProduct(double[][] a, double[][] b, double[][] c, int n, int k, int m) {
    for (int r = 0; r < n; r++) {
      addCombination(a[r], b, c[r], k, m);
    }
  }

  /**
   * {@code C += A' B} with A n x k, B n x m, C k x m.
   *
   * @param column gets each column of A
   */
  static void addTransposedProduct(
      double[][] a, double[][] b, double[][] c, int n, int k, int m, double[] column) {
    for (int i = 0; i < k; i++) {
      for (int r = 0; r < n; r++) {
        column[r] = a[r][i];
      }
      addCombination(column, b, c[i], n, m);
    }
  }

  /** {@code c += sum_i w_i B_i} over {@code k} rows of length {@code m}. */
  static void addCombination(double[] w, double[][] b, double[] c, int k, int m) {
    int i = 0;
    for (; i + 3 < k; i += 4) {
      addFour(w[i], w[i + 1], w[i + 2], w[i + 3], b[i], b[i + 1], b[i + 2], b[i + 3], c, m);
    }
    for (; i < k; i++) {
      addScaled(w[i], b[i], 0, c, 0, m);
    }
  }

  /** One store for four products. */
  private static void addFour(
      double w0,
      double w1,
      double w2,
      double w3,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      double[] c,
      int m) {
    for (int j = 0; j < m; j++) {
      c[j] += w0 * b0[j] + w1 * b1[j] + w2 * b2[j] + w3 * b3[j];
    }
  }

  /** {@code c += w b}, each from its offset on. */
  static void addScaled(double w, double[] b, int bAt, double[] c, int cAt, int m) {
    for (int j = 0; j < m; j++) {
      c[cAt + j] += w * b[bAt + j];
    }
  }

  /** A flat n x m matrix as rows. */
  static void unpack(double[] flat, int at, double[][] rows, int n, int m) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(flat, at + r * m, rows[r], 0, m);
    }
  }

  /** The m rows of the transpose of a flat n x m matrix. */
  static void unpackTransposed(double[] flat, int at, double[][] rows, int n, int m) {
    for (int j = 0; j < m; j++) {
      double[] row = rows[j];
      for (int r = 0; r < n; r++) {
        row[r] = flat[at + r * m + j];
      }
    }
  }

  /** Adds rows to a flat n x m matrix. */
  static void addPacked(double[][] rows, double[] flat, int at, int n, int m) {
    for (int r = 0; r < n; r++) {
      addScaled(1, rows[r], 0, flat, at + r * m, m);
    }
  }

  static void clear(double[][] rows, int n, int m) {
    for (int r = 0; r < n; r++) {
      java.util.Arrays.fill(rows[r], 0, m, 0);
    }
  }
}
