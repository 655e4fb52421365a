package dev.thaw.models.meta;

/**
 * Where the decision layers lie in a flat array, in this order: first layer of the user's input
 * (userWidth x hidden), of the item's input (itemWidth x hidden), its bias; second layer (hidden x
 * hidden), its bias; output weights (hidden) and bias. What adapts is a tail of it, so that a
 * smaller variant is a later start.
 *
 * @param userWidth length of a user's input, 0 where users have no attributes
 * @param itemWidth length of an item's input
 * @param hidden units of each of the two hidden layers
 */
record NetworkShape(int userWidth, int itemWidth, int hidden) {
  NetworkShape {
    if (userWidth < 0 || itemWidth < 1 || hidden < 1) {
      throw new IllegalArgumentException(
          "needs userWidth >= 0, itemWidth >= 1 and hidden >= 1, was "
              + userWidth
              + ", "
              + itemWidth
              + ", "
              + hidden);
    }
  }

  int firstItem() {
    return userWidth * hidden;
  }

  int firstBias() {
    return firstItem() + itemWidth * hidden;
  }

  int second() {
    return firstBias() + hidden;
  }

  int secondBias() {
    return second() + hidden * hidden;
  }

  int output() {
    return secondBias() + hidden;
  }

  int outputBias() {
    return output() + hidden;
  }

  /** Number of parameters of the decision layers. */
  int size() {
    return outputBias() + 1;
  }
}
