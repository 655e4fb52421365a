package dev.thaw.models.factors;

/**
 * Where an item stands between its projection and what its likes say, and how much of a move of the
 * projection it follows. Immutable, thread-safe.
 */
public final class FoldedItem {
  private final float[] vector;
  private final double followed;

  FoldedItem(float[] vector, double followed) {
    this.vector = vector.clone();
    this.followed = followed;
  }

  /** {@code [q; b]}, length d + 1. */
  public float[] vector() {
    return vector.clone();
  }

  /** In (0, 1]: 1 where nothing but the projection is known. */
  public double followed() {
    return followed;
  }

  /**
   * A longer or shorter one in the same direction, which ranks the item higher or lower with
   * everybody; the popularity prior stays as it is, and so does how far it follows.
   *
   * @param times above 0
   */
  public FoldedItem scaled(double times) {
    if (!(times > 0)) {
      throw new IllegalArgumentException("vectors are scaled by more than 0, not by " + times);
    }
    float[] scaled = vector.clone();
    for (int i = 0; i < scaled.length - 1; i++) {
      scaled[i] *= (float) times;
    }
    return new FoldedItem(scaled, followed);
  }

  /**
   * {@code (1 - share)} of this and {@code share} of a learned vector, which follows no projection.
   *
   * @param learned of length d + 1
   * @param share in [0, 1]
   */
  public FoldedItem towards(float[] learned, double share) {
    if (learned.length != vector.length || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "learned vector must have length "
              + vector.length
              + " and a share in [0, 1], were "
              + learned.length
              + ", "
              + share);
    }
    float[] blended = new float[vector.length];
    for (int i = 0; i < blended.length; i++) {
      blended[i] = (float) ((1 - share) * vector[i] + share * learned[i]);
    }
    return new FoldedItem(blended, (1 - share) * followed);
  }
}
