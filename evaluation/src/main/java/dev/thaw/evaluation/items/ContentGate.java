package dev.thaw.evaluation.items;

/**
 * The ablation of {@link dev.thaw.models.projection.ItemPlacer}: carries an item from its content
 * vector to its learned one: {@code v = (1 - g(n)) projected + g(n) learned}, both in the factor
 * space, with {@code g} the logistic function of {@code ln n} centred at {@code centre}:
 *
 * <pre>g(n) = 1 / (1 + (centre / n)^steepness)</pre>
 *
 * In {@code ln n} the sigmoid starts at exactly zero for no interactions, so that a new item is its
 * projected vector alone, and is cut to exactly one from {@code contentGoneFrom} interactions on.
 * Never falls as {@code n} rises. Thread-safe.
 *
 * @param centre interactions at which both vectors weigh the same, above 0
 * @param steepness slope in {@code ln n}, above 0
 * @param contentGoneFrom interactions from which the content vector has no weight, at least centre
 */
record ContentGate(double centre, double steepness, long contentGoneFrom) {
  static final ContentGate DEFAULT = new ContentGate(50, 2, 500);

  ContentGate {
    if (!(centre > 0) || !(steepness > 0) || !(contentGoneFrom >= centre)) {
      throw new IllegalArgumentException(
          "gate needs centre > 0, steepness > 0 and contentGoneFrom >= centre, was "
              + centre
              + ", "
              + steepness
              + ", "
              + contentGoneFrom);
    }
  }

  /** Weight of the learned vector, in [0, 1]. */
  double learnedWeight(long interactions) {
    if (interactions < 0) {
      throw new IllegalArgumentException("interactions must be >= 0, was " + interactions);
    }
    if (interactions == 0) {
      return 0;
    }
    return interactions >= contentGoneFrom
        ? 1
        : 1 / (1 + Math.pow(centre / interactions, steepness));
  }

  /**
   * Writes the blend of two vectors of length d into {@code out}, which may be one of them. O(d).
   *
   * @throws IllegalArgumentException if lengths differ
   */
  void blend(long interactions, float[] projected, float[] learned, float[] out) {
    if (projected.length != learned.length || out.length != learned.length) {
      throw new IllegalArgumentException(
          "blend needs equal lengths, were projected "
              + projected.length
              + ", learned "
              + learned.length
              + ", out "
              + out.length);
    }
    double weight = learnedWeight(interactions);
    if (weight == 0 || weight == 1) {
      System.arraycopy(weight == 0 ? projected : learned, 0, out, 0, out.length);
      return;
    }
    float g = (float) weight;
    for (int i = 0; i < out.length; i++) {
      out[i] = (1 - g) * projected[i] + g * learned[i];
    }
  }
}
