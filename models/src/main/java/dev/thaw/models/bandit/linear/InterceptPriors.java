package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;

/**
 * What is assumed of an arm's intercept: the prior that counts start at (its {@link
 * dev.thaw.models.bandit.BetaPrior}, by its place in the ranking), and what showing the arm earned
 * in impressions that its linear statistics do not hold, such as those of features of an earlier
 * training, or of another policy:
 *
 * <pre>
 * N' = N - G_00,  R' = R - b_0,  n = min(weight N', most)
 * theta_0 ~ N((alpha + n R' / N') / s, noise^2 / s),  s = alpha + beta + n
 * </pre>
 *
 * The first feature is 1, so {@code G_00 = sum w} and {@code b_0 = sum w r} are the impressions and
 * rewards of the counts that the statistics hold already: each impression counts once, here or
 * there. It is a power prior (Ibrahim and Chen, Statistical Science 2000) for the intercept, capped
 * as the mean over the users of then is not the reward where all features are 0.
 *
 * @param weight how much an impression outside of the statistics counts, in [0, 1]
 * @param most such impressions that count, in [0, 1e6]
 */
public record InterceptPriors(double weight, double most) {
  /** Serving's. */
  public static final InterceptPriors DEFAULT = new InterceptPriors(1, 500);

  public InterceptPriors {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("weight must be in [0, 1], was " + weight);
    }
    if (!(most >= 0 && most <= 1e6)) {
      throw new IllegalArgumentException("most must be in [0, 1e6], was " + most);
    }
  }

  /**
   * @param counted all that showing the arm earned
   * @param learned what of that its linear statistics hold
   */
  Intercept of(Arm arm, ArmEvidence counted, ArmEvidence learned) {
    ArmEvidence outside = outside(counted, learned);
    double worth = Math.min(weight * outside.impressions(), most);
    return new Intercept(
        arm.prior().alpha() + arm.prior().beta() + worth,
        arm.prior().alpha() + worth * outside.mean());
  }

  /** Nothing where the rows of the statistics are newer than those of the counts. */
  private static ArmEvidence outside(ArmEvidence counted, ArmEvidence learned) {
    double impressions = Math.max(0, counted.impressions() - learned.impressions());
    double rewards = counted.rewards() - learned.rewards();
    return new ArmEvidence(impressions, Math.max(0, Math.min(rewards, impressions)));
  }

  @Override
  public String toString() {
    return "intercept(weight=" + weight + ",most=" + most + ")";
  }
}
