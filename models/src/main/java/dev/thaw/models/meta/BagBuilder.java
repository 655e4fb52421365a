package dev.thaw.models.meta;

import java.util.Arrays;

/** Gathers the rows of a bag. One thread. */
final class BagBuilder {
  private int[] rows = new int[8];
  private int[] places = new int[8];
  private double[] weights = new double[8];
  private int size;

  void add(int row, int place, double weight) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
      places = Arrays.copyOf(places, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
    }
    rows[size] = row;
    places[size] = place;
    weights[size++] = weight;
  }

  Bag build() {
    return new Bag(
        Arrays.copyOf(rows, size), Arrays.copyOf(places, size), Arrays.copyOf(weights, size));
  }
}
