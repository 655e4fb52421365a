package dev.thaw.models.bandit;

/**
 * What showing an arm has taught.
 *
 * @param impressions settled impressions; not a whole number where old ones count less
 * @param rewards sum of their rewards, at most impressions
 */
public record ArmEvidence(double impressions, double rewards) {
  public static final ArmEvidence NONE = new ArmEvidence(0, 0);

  public ArmEvidence {
    if (!(rewards >= 0 && rewards <= impressions && impressions < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "rewards must be in [0, impressions], were " + rewards + " of " + impressions);
    }
  }

  /** Mean reward; 0 of an arm never shown. */
  public double mean() {
    return impressions > 0 ? rewards / impressions : 0;
  }
}
