package dev.thaw.models.bandit;

/**
 * What showing an arm has taught.
 *
 * @param impressions settled impressions
 * @param rewards sum of their rewards, at most impressions
 */
public record ArmEvidence(long impressions, double rewards) {
  public static final ArmEvidence NONE = new ArmEvidence(0, 0);

  public ArmEvidence {
    if (impressions < 0 || !(rewards >= 0 && rewards <= impressions)) {
      throw new IllegalArgumentException(
          "rewards must be in [0, impressions], were " + rewards + " of " + impressions);
    }
  }
}
