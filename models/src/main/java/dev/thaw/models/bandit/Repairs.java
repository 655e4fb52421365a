package dev.thaw.models.bandit;

/**
 * How often evidence was not finite or not positive definite, and what was done about it.
 *
 * @param toPrior arms or coordinates that were set back to what is assumed before any evidence
 * @param inverted inverses that were made anew from the matrix they are of
 */
public record Repairs(long toPrior, long inverted) {
  public static final Repairs NONE = new Repairs(0, 0);

  public static final Repairs ONE_TO_PRIOR = new Repairs(1, 0);

  public static final Repairs ONE_INVERTED = new Repairs(0, 1);

  public Repairs {
    if (toPrior < 0 || inverted < 0) {
      throw new IllegalArgumentException(
          "repairs must be >= 0, were " + toPrior + " and " + inverted);
    }
  }

  public Repairs plus(Repairs other) {
    return new Repairs(toPrior + other.toPrior, inverted + other.inverted);
  }
}
