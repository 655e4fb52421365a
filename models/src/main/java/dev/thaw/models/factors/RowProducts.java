package dev.thaw.models.factors;

/** Inner products of one vector with the rows of a flat matrix. */
public final class RowProducts {
  /**
   * {@code sum_r weights[r] rows[r]}. O(rows x width).
   *
   * @param rows row after row
   * @return of length width
   */
  public static double[] weightedSum(double[] weights, float[] rows, int width) {
    double[] sums = new double[width];
    for (int row = 0, at = 0; row < weights.length; row++) {
      for (int column = 0; column < width; column++) {
        sums[column] += weights[row] * rows[at++];
      }
    }
    return sums;
  }

  /**
   * Up to this length rows are read four at a time, which was measured to be half as fast again as
   * one at a time; of longer ones it was measured to be slower.
   */
  private static final int SHORT = 64;

  private RowProducts() {}

  /**
   * Eight sums side by side, since an addition waits for the one before it in its sum, and four
   * leave the memory that the rows come from waiting. O(d).
   */
  static float of(float[] p, float[] rows, int row) {
    int rank = p.length;
    int at = row * rank;
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int i = 0;
    for (; i + 7 < rank; i += 8, at += 8) {
      a += p[i] * rows[at];
      b += p[i + 1] * rows[at + 1];
      c += p[i + 2] * rows[at + 2];
      d += p[i + 3] * rows[at + 3];
      e += p[i + 4] * rows[at + 4];
      f += p[i + 5] * rows[at + 5];
      g += p[i + 6] * rows[at + 6];
      h += p[i + 7] * rows[at + 7];
    }
    for (; i < rank; i++, at++) {
      a += p[i] * rows[at];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }

  /**
   * Bias and inner product of every row. O(rows d).
   *
   * @param bias by row
   * @param out by row
   */
  public static void score(float[] p, float[] rows, float[] bias, float[] out) {
    int done = p.length <= SHORT ? byFours(p, rows, bias, out) : 0;
    for (int row = done; row < bias.length; row++) {
      out[row] = bias[row] + of(p, rows, row);
    }
  }

  /** Four rows side by side, one sum each; gives how many rows are done. */
  private static int byFours(float[] p, float[] rows, float[] bias, float[] out) {
    int rank = p.length;
    int row = 0;
    for (; row + 3 < bias.length; row += 4) {
      int first = row * rank;
      int second = first + rank;
      int third = second + rank;
      int fourth = third + rank;
      float a = bias[row];
      float b = bias[row + 1];
      float c = bias[row + 2];
      float d = bias[row + 3];
      for (int i = 0; i < rank; i++) {
        float x = p[i];
        a += x * rows[first + i];
        b += x * rows[second + i];
        c += x * rows[third + i];
        d += x * rows[fourth + i];
      }
      out[row] = a;
      out[row + 1] = b;
      out[row + 2] = c;
      out[row + 3] = d;
    }
    return row;
  }
}
