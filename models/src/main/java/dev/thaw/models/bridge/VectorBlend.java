package dev.thaw.models.bridge;

import dev.thaw.models.factors.UserVector;

/**
 * A user's own vector and the one mapped from another domain as one, by how much is known of the
 * user in the target: {@code w = n / (n + trust)} of the own one's direction and {@code 1 - w} of
 * the other's, with the mean of their lengths by the same weights. Directions, since a vector
 * folded in from one item is many times shorter than one mapped from a long history.
 */
public final class VectorBlend {
  private VectorBlend() {}

  /**
   * @param own of the target domain, folded in from so many interactions
   * @param mapped of the same space
   * @param trust interactions of the target that weigh as much as the mapped vector, see {@link
   *     GateDecision}; 0 leaves the own vector as it is
   * @throws IllegalArgumentException if the ranks differ
   */
  public static UserVector of(UserVector own, long interactions, UserVector mapped, double trust) {
    if (own.rank() != mapped.rank()) {
      throw new IllegalArgumentException(
          "vectors must be of one rank, were of " + own.rank() + " and " + mapped.rank());
    }
    double ownLength = length(own);
    double mappedLength = length(mapped);
    if (trust == 0 || mappedLength == 0) {
      return own;
    }
    double weight = ownLength == 0 ? 0 : interactions / (interactions + trust);
    double length = weight * ownLength + (1 - weight) * mappedLength;
    double ofOwn = ownLength == 0 ? 0 : length * weight / ownLength;
    double ofMapped = length * (1 - weight) / mappedLength;
    float[] blend = new float[own.rank()];
    for (int i = 0; i < blend.length; i++) {
      blend[i] = (float) (ofOwn * own.get(i) + ofMapped * mapped.get(i));
    }
    return UserVector.copyOf(blend, weight * own.bias() + (1 - weight) * mapped.bias());
  }

  private static double length(UserVector vector) {
    double squares = 0;
    for (int i = 0; i < vector.rank(); i++) {
      squares += vector.get(i) * vector.get(i);
    }
    return Math.sqrt(squares);
  }
}
