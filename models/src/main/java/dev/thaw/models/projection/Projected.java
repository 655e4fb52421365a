package dev.thaw.models.projection;

/**
 * What is said of an item by what it is.
 *
 * @param vector {@code [q; b]}, of length d + 1
 * @param likes how many to expect, in a life as long as that of the data learned from; at least
 *     {@value #FEWEST}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Projected(float[] vector, double likes) {
  private static final double FEWEST = 0.5;

  public Projected {
    if (Double.isNaN(likes)) {
      throw new IllegalArgumentException("expected likes must be a number");
    }
    likes = Math.max(FEWEST, likes);
  }
}
