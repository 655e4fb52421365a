package dev.thaw.models.factors;

import java.util.Arrays;

/** A user under one factor model: a vector of its rank and a rating bias. Immutable. */
public final class UserVector {
  private final float[] vector;
  private final double bias;

  private UserVector(float[] vector, double bias) {
    this.vector = vector;
    this.bias = bias;
  }

  /**
   * @throws IllegalArgumentException if a component or the bias is not finite
   */
  public static UserVector copyOf(float[] vector, double bias) {
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new IllegalArgumentException("component " + i + " must be finite, was " + vector[i]);
      }
    }
    if (!Double.isFinite(bias)) {
      throw new IllegalArgumentException("bias must be finite, was " + bias);
    }
    return new UserVector(vector.clone(), bias);
  }

  public int rank() {
    return vector.length;
  }

  public float get(int component) {
    return vector[component];
  }

  /** A copy. */
  public float[] vector() {
    return vector.clone();
  }

  /** On the rating scale, 0 under an implicit model. */
  public double bias() {
    return bias;
  }

  /**
   * {@code [p; 1]}: its inner product with an item's index vector {@code [q; b]} ranks the items.
   */
  public float[] query() {
    float[] query = Arrays.copyOf(vector, vector.length + 1);
    query[vector.length] = 1;
    return query;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserVector that
        && Arrays.equals(vector, that.vector)
        && bias == that.bias;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(vector) + Double.hashCode(bias);
  }

  @Override
  public String toString() {
    return "UserVector[" + vector.length + ", bias " + bias + "]";
  }
}
