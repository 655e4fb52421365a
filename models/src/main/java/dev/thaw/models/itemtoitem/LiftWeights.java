package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;

/** {@link Similarity#LIFT}. Of an item that nobody likes all weights are 0. A row is O(items). */
final class LiftWeights implements ItemWeights {
  private final CoOccurrences pairs;
  private final double shrinkage;

  LiftWeights(Interactions positives, double shrinkage) {
    this.pairs = new CoOccurrences(positives, length -> 1);
    this.shrinkage = shrinkage;
  }

  @Override
  public void of(int item, WeightRow out) {
    if (pairs.count(item) == 0) {
      return;
    }
    pairs.with(item, out);
    double share = pairs.count(item) / pairs.users();
    for (int other = 0; other < out.items(); other++) {
      double expected = share * pairs.count(other);
      out.set(other, (float) Math.log((out.get(other) + shrinkage) / (expected + shrinkage)));
    }
    out.set(item, 0);
  }
}
