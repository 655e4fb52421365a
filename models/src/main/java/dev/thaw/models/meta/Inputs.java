package dev.thaw.models.meta;

import java.util.Arrays;

/**
 * What the decision layers read of one user and some items, or its gradient or tangent: one row for
 * the user, one for each item, in flat arrays that are reused. One thread.
 */
final class Inputs {
  private final double[] user;
  private final int itemWidth;
  private double[] items = new double[0];
  private int rows;

  Inputs(NetworkShape shape) {
    this.user = new double[shape.userWidth()];
    this.itemWidth = shape.itemWidth();
  }

  /** All zeros, with so many items. */
  void clear(int newRows) {
    rows = newRows;
    if (items.length < newRows * itemWidth) {
      items = new double[Math.max(newRows * itemWidth, 2 * items.length)];
    } else {
      Arrays.fill(items, 0, newRows * itemWidth, 0);
    }
    Arrays.fill(user, 0);
  }

  int rows() {
    return rows;
  }

  double[] user() {
    return user;
  }

  /** rows x itemWidth; what follows the rows has no meaning. */
  double[] items() {
    return items;
  }

  int itemWidth() {
    return itemWidth;
  }
}
