package dev.thaw.models.factors;

/** {@code A += sum of w v v'}, lower triangle of d x d, several rows v at once. */
final class OuterProducts {
  private final double[][] sum;
  private final double[][] waiting;
  private final double[] weights = new double[RowGroup.SIZE];
  private final RowGroup group = new RowGroup();
  private int rows;

  /**
   * @param sum A, row after row
   */
  OuterProducts(double[][] sum) {
    this.sum = sum;
    this.waiting = new double[RowGroup.SIZE][sum.length];
  }

  /**
   * O(d^2); A is not complete before {@link #finish}.
   *
   * @param matrix flat
   * @param from where v begins
   */
  void add(float[] matrix, int from, double weight) {
    if (rows == RowGroup.SIZE) {
      finish();
    }
    double[] row = waiting[rows];
    for (int i = 0; i < row.length; i++) {
      row[i] = matrix[from + i];
    }
    weights[rows++] = weight;
  }

  /** Adds what {@link #add} has kept to be added together. */
  void finish() {
    group.clear();
    for (int row = 0; row < rows; row++) {
      group.add(waiting[row], 0);
    }
    for (int i = 0; i < sum.length; i++) {
      for (int row = 0; row < rows; row++) {
        group.weigh(row, weights[row] * waiting[row][i]);
      }
      group.addTo(sum[i], 0, i + 1);
    }
    rows = 0;
  }
}
