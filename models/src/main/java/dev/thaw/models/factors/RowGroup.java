package dev.thaw.models.factors;

/**
 * Up to four rows, each with a weight, for sums and products that read and write the other side
 * once for all of them. Rows are arrays of their own, not parts of a flat matrix: HotSpot turns a
 * loop over several arrays into vector instructions only where all of them have the same index,
 * which was measured to be three times as fast. Not thread-safe.
 */
final class RowGroup {
  static final int SIZE = 4;

  private final double[][] rows = new double[SIZE][];
  private final double[] weights = new double[SIZE];
  private int filled;

  void clear() {
    filled = 0;
  }

  /**
   * @param row is not copied
   */
  void add(double[] row, double weight) {
    rows[filled] = row;
    weights[filled++] = weight;
  }

  /** Another weight of a row: they are numbered as they were added. */
  void weigh(int row, double weight) {
    weights[row] = weight;
  }

  /** Each row's weight becomes {@code scale <p, row>}. O(d). */
  void weighByProducts(double[] p, double scale) {
    double[] first = row(0);
    double[] second = row(1);
    double[] third = row(2);
    double[] fourth = row(3);
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int i = 0; i < p.length; i++) {
      double x = p[i];
      a += x * first[i];
      b += x * second[i];
      c += x * third[i];
      d += x * fourth[i];
    }
    weights[0] = scale * a;
    weights[1] = scale * b;
    weights[2] = scale * c;
    weights[3] = scale * d;
  }

  /** {@code to[j] += sum of weight row[j]}, for j from begin to end; nothing without rows. */
  void addTo(double[] to, int begin, int end) {
    if (filled > 0) {
      addTo(to, begin, end, row(0), row(1), row(2), row(3));
    }
  }

  private void addTo(
      double[] to,
      int begin,
      int end,
      double[] first,
      double[] second,
      double[] third,
      double[] fourth) {
    double a = weight(0);
    double b = weight(1);
    double c = weight(2);
    double d = weight(3);
    for (int j = begin; j < end; j++) {
      to[j] += a * first[j] + b * second[j] + (c * third[j] + d * fourth[j]);
    }
  }

  /** The first in place of one that is missing. */
  private double[] row(int slot) {
    return rows[slot < filled ? slot : 0];
  }

  private double weight(int slot) {
    return slot < filled ? weights[slot] : 0;
  }
}
