package dev.thaw.models.meta;

import java.util.Arrays;

/**
 * What the decision layers read of one user and some items, or its gradient or tangent: one row for
 * the user, one for each item, reused. One thread.
 */
final class Inputs {
  private final double[] user;
  private final int itemWidth;
  private double[][] items = new double[0][0];
  private int rows;

  Inputs(NetworkShape shape) {
    this.user = new double[shape.userWidth()];
    this.itemWidth = shape.itemWidth();
  }

  /** All zeros, with so many items. */
  void clear(int newRows) {
    rows = newRows;
    if (items.length < newRows) {
      items = new double[Math.max(newRows, 2 * items.length)][itemWidth];
    } else {
      Kernels.clear(items, newRows, itemWidth);
    }
    Arrays.fill(user, 0);
  }

  int rows() {
    return rows;
  }

  double[] user() {
    return user;
  }

  /** What follows the rows has no meaning. */
  double[][] items() {
    return items;
  }
}
