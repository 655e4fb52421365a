package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;

/** {@link Similarity#COSINE}. */
final class CosineWeights implements ItemWeights {
  private final CoOccurrences pairs;

  CosineWeights(Interactions positives, double damping) {
    this.pairs = new CoOccurrences(positives, length -> Math.pow(length, -damping));
  }

  @Override
  public void of(int item, WeightRow out) {
    pairs.with(item, out);
    for (int at = 0; at < out.touchedCount(); at++) {
      int other = out.touched()[at];
      out.set(other, out.get(other) / (float) Math.sqrt(pairs.count(item) * pairs.count(other)));
    }
    out.set(item, 0);
  }
}
