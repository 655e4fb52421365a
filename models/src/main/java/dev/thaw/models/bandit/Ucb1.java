package dev.thaw.models.bandit;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * UCB1: Auer, Cesa-Bianchi and Fischer, "Finite-time analysis of the multiarmed bandit problem",
 * Machine Learning 2002, figure 1. The arm with the highest
 *
 * <pre>mean_i + width sqrt(2 ln t / n_i),  t = sum of n_i over the eligible arms</pre>
 *
 * Arms never shown come first. Priors play no part. On evidence that fades ({@link Discounted}) it
 * is the discounted UCB of Garivier and Moulines, ALT 2011, section 2, whose {@code B} is the width
 * here and whose {@code xi} is 1/2; the logarithm is taken as 0 where less than one impression is
 * left.
 *
 * <p>Deterministic but for its floor, with 0 of which its log is of no use to off-policy
 * evaluation. O(n).
 */
public final class Ucb1 implements ExplorationPolicy<PosteriorSnapshot> {
  private final double width;
  private final UniformFloor floor;

  /**
   * @param width 1 as published, for rewards in [0, 1]; less where rewards are rare
   * @param uniformFloor mass spread evenly over the eligible arms, in [0, 1]
   */
  public Ucb1(double width, double uniformFloor) {
    if (!(width > 0 && width <= 100)) {
      throw new IllegalArgumentException("width must be in (0, 100], was " + width);
    }
    this.width = width;
    this.floor = new UniformFloor(uniformFloor);
  }

  @Override
  public String version() {
    return "ucb1(width=" + width + "," + floor + ")";
  }

  @Override
  public boolean supportsPropensities() {
    return floor.supports();
  }

  @Override
  public double[] probabilities(Decision<PosteriorSnapshot> decision, SplittableRandom random) {
    ArmEvidence[] evidence = Counts.of(decision);
    double total = Counts.total(evidence);
    double log = total > 1 ? Math.log(total) : 0;
    return floor.underBest(Arrays.stream(evidence).mapToDouble(arm -> index(arm, log)).toArray());
  }

  private double index(ArmEvidence arm, double log) {
    return arm.impressions() > 0
        ? arm.mean() + width * Math.sqrt(2 * log / arm.impressions())
        : Double.POSITIVE_INFINITY;
  }
}
