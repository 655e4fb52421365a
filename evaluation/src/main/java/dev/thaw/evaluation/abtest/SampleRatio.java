package dev.thaw.evaluation.abtest;

import java.util.List;

/**
 * Sequential test that users met the arms in the shares they should have, for looks at any time
 * (Lindon and Malek 2022, "Anytime-valid inference for multinomial count data": Bayes factor of a
 * Dirichlet prior around the shares against the shares). A chi-square test holds for one look
 * alone. Not thread-safe.
 */
public final class SampleRatio {
  /** Level below which shares are taken to be wrong. */
  public static final double LEVEL = 0.01;

  /**
   * Strength of the prior, in users: deviations of some percent, those that failing assignment or
   * lost logs make, are found soonest.
   */
  private static final double CONCENTRATION = 1_000;

  private final double[] shares;
  private final int[] users;
  private int all;
  private double logFactor;
  private double highest;

  /**
   * @param shares one for each arm, each in (0, 1), adding to 1
   */
  public SampleRatio(List<Double> shares) {
    this.shares = shares.stream().mapToDouble(Double::doubleValue).toArray();
    this.users = new int[this.shares.length];
  }

  /** One more user who entered. */
  public void add(int arm) {
    double predicted =
        (CONCENTRATION * shares[arm] + users[arm]) / (CONCENTRATION + all) / shares[arm];
    logFactor += Math.log(predicted);
    highest = Math.max(highest, logFactor);
    users[arm]++;
    all++;
  }

  /** Always-valid: of the strongest evidence so far. */
  public double pValue() {
    return Math.exp(-highest);
  }

  public boolean isWrong() {
    return pValue() < LEVEL;
  }
}
