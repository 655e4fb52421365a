package dev.thaw.models.factors;

import dev.thaw.models.training.RowTasks;
import java.util.List;

/**
 * {@code V'V + lambda I} of a flat n x d matrix. Summed in blocks of fixed size in fixed order, so
 * that it is the same to the last bit whatever the number of threads.
 */
final class Gram {
  private static final int BLOCK = 512;

  private Gram() {}

  /** Lower triangle of d x d, row after row. O(n d^2). */
  static double[] of(float[] matrix, int rank, double lambda) {
    int blocks = blocks(matrix, rank);
    double[][] parts = new double[blocks][];
    for (int block = 0; block < blocks; block++) {
      parts[block] = part(matrix, rank, block);
    }
    return sum(parts, rank, lambda);
  }

  /** The same in several threads. */
  static double[] of(float[] matrix, int rank, double lambda, RowTasks tasks) {
    double[][] parts = new double[blocks(matrix, rank)][];
    tasks.forEach(
        parts.length, () -> parts, (into, block) -> into[block] = part(matrix, rank, block));
    return sum(parts, rank, lambda);
  }

  /**
   * Adds up parts of a matrix, in the order given.
   *
   * @param parts each as of {@link #of}, without lambda
   */
  static double[] of(List<double[]> parts, int rank, double lambda) {
    return sum(parts.toArray(double[][]::new), rank, lambda);
  }

  private static int blocks(float[] matrix, int rank) {
    return (matrix.length / rank + BLOCK - 1) / BLOCK;
  }

  private static double[] part(float[] matrix, int rank, int block) {
    double[][] sum = new double[rank][rank];
    OuterProducts products = new OuterProducts(sum);
    int end = Math.min(matrix.length, (block + 1) * BLOCK * rank);
    for (int start = block * BLOCK * rank; start < end; start += rank) {
      products.add(matrix, start, 1);
    }
    products.finish();
    double[] flat = new double[rank * rank];
    for (int i = 0; i < rank; i++) {
      System.arraycopy(sum[i], 0, flat, i * rank, i + 1);
    }
    return flat;
  }

  private static double[] sum(double[][] parts, int rank, double lambda) {
    double[] gram = new double[rank * rank];
    for (double[] part : parts) {
      for (int i = 0; i < gram.length; i++) {
        gram[i] += part[i];
      }
    }
    for (int i = 0; i < rank; i++) {
      gram[i * rank + i] += lambda;
    }
    return gram;
  }
}
