package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;

/** {@link Similarity#COSINE}. */
final class CosineWeights implements ItemWeights {
  private final CoOccurrences pairs;

  CosineWeights(Interactions positives, double damping) {
    this.pairs = new CoOccurrences(positives, length -> Math.pow(length, -damping));
  }

  @Override
  public void of(int item, float[] out) {
    pairs.with(item, out);
    for (int other = 0; other < out.length; other++) {
      if (out[other] > 0) {
        out[other] /= (float) Math.sqrt(pairs.count(item) * pairs.count(other));
      }
    }
    out[item] = 0;
  }
}
