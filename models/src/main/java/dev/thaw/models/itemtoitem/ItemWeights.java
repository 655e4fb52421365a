package dev.thaw.models.itemtoitem;

/** Where the weights of a similarity come from, row by row. Thread-safe. */
interface ItemWeights {
  /**
   * Writes {@code s_ji} of one item j for every item i; its own is 0.
   *
   * @param out cleared
   */
  void of(int item, WeightRow out);
}
