package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;

/** {@link Similarity#COSINE} and {@link Similarity#ASYMMETRIC_COSINE}. */
final class CosineWeights implements ItemWeights {
  static final double SYMMETRIC = 0.5;
  static final double ASYMMETRIC = 0.8;

  private final CoOccurrences pairs;
  private final double power;

  /**
   * @param power of the liked item's count; the other one's has what it lacks to 1
   */
  CosineWeights(Interactions positives, double damping, double power) {
    this.power = power;
    this.pairs = new CoOccurrences(positives, length -> Math.pow(length, -damping));
  }

  @Override
  public void of(int item, WeightRow out) {
    pairs.with(item, out);
    double liked = Math.pow(pairs.count(item), power);
    for (int at = 0; at < out.touchedCount(); at++) {
      int other = out.touched()[at];
      out.set(other, (float) (out.get(other) / (liked * Math.pow(pairs.count(other), 1 - power))));
    }
    out.set(item, 0);
  }
}
