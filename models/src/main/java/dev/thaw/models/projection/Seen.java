package dev.thaw.models.projection;

/**
 * For how much of a domain's life an item has been there to be liked, and how often it was within
 * that.
 *
 * @param likes after the first, which began it
 * @param share of the domain's interactions since the first like, in [0, 1]; NaN where there are no
 *     times
 */
public record Seen(int likes, double share) {
  /** Nothing says how long the item has been there. */
  public static final Seen UNTIMED = new Seen(0, Double.NaN);

  /**
   * How many likes an expectation weighs as much as: little, since that of content alone is off by
   * a factor of three.
   */
  private static final double PRIOR_LIKES = 1;

  public Seen {
    if (likes < 0 || share < 0 || share > 1) {
      throw new IllegalArgumentException(
          "likes must be at least 0 and their share in [0, 1], were " + likes + ", " + share);
    }
  }

  boolean isTimed() {
    return !Double.isNaN(share);
  }

  /**
   * How many likes the item will have over a life as long as the domain's: the posterior mean of a
   * Poisson rate under a Gamma prior of {@value #PRIOR_LIKES} likes. Without times what was
   * expected before.
   *
   * @param before expected before anything was seen, above 0
   */
  public double expected(double before) {
    if (!isTimed()) {
      return before;
    }
    return (likes + PRIOR_LIKES) / (share + PRIOR_LIKES / before);
  }
}
