package dev.thaw.models.meta;

/**
 * A user or an item as a weighted bag of embedding rows: each is added to one field's place of the
 * input. An empty bag, of somebody of whom nothing is known, is an input of zeros.
 */
final class Bag {
  static final Bag EMPTY = new Bag(new int[0], new int[0], new double[0]);

  private final int[] rows;
  private final int[] places;
  private final double[] weights;

  /**
   * @param rows of the embedding table
   * @param places offset of each row's field in the input
   * @param weights of each row
   */
  Bag(int[] rows, int[] places, double[] weights) {
    if (rows.length != places.length || rows.length != weights.length) {
      throw new IllegalArgumentException(
          "needs one place and one weight a row, had "
              + rows.length
              + ", "
              + places.length
              + " and "
              + weights.length);
    }
    this.rows = rows;
    this.places = places;
    this.weights = weights;
  }

  int size() {
    return rows.length;
  }

  int row(int entry) {
    return rows[entry];
  }

  int place(int entry) {
    return places[entry];
  }

  double weight(int entry) {
    return weights[entry];
  }
}
