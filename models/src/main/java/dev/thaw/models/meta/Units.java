package dev.thaw.models.meta;

/** Numbers of the two hidden layers and the output for a batch: values or derivatives. */
final class Units {
  private final int hidden;
  double[][] first = new double[0][0];
  double[][] second = new double[0][0];
  double[] out = new double[0];

  Units(int hidden) {
    this.hidden = hidden;
  }

  /** Makes room; what was there is gone where there was not enough. */
  void ensure(int rows) {
    if (out.length < rows) {
      int n = Math.max(rows, 2 * out.length);
      first = new double[n][hidden];
      second = new double[n][hidden];
      out = new double[n];
    }
  }

  /** Sets to 0 where the unit was off. */
  static void gate(double[][] values, double[][] units, int n) {
    for (int r = 0; r < n; r++) {
      double[] row = values[r];
      double[] unit = units[r];
      for (int j = 0; j < row.length; j++) {
        row[j] = unit[j] > 0 ? row[j] : 0;
      }
    }
  }

  static void rectify(double[][] values, int n) {
    for (int r = 0; r < n; r++) {
      double[] row = values[r];
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.max(0, row[j]);
      }
    }
  }
}
