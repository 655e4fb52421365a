package dev.thaw.models.bandit;

import java.util.SplittableRandom;

/**
 * Thompson sampling over Beta posteriors (Thompson 1933; Chapelle and Li, NeurIPS 2011) whose
 * propensities are exact by construction. Thread-safe.
 *
 * <p>Each arm's reward rate has the posterior {@code Beta(alpha + rewards, beta + impressions -
 * rewards)}. Of M joint draws from the posteriors, {@code w_i} is the share that arm i wins; the
 * executed policy is
 *
 * <pre>q_i = (1 - floor) w_i + floor / n</pre>
 *
 * and the arm is then <em>sampled from q</em>: whatever the Monte Carlo error of w, {@code q_i} is
 * the probability with which arm i was chosen, not an estimate of it, and never below {@code floor
 * / n}, so that importance weights are at most {@code n / floor}. The second slot is drawn from q
 * without the first arm, see {@link SlotSampler}.
 *
 * <p>Cost: O(n M) a request. Up to {@value PosteriorDraws#SIZE} draws come from pools of exact
 * draws that requests share, at about 0.25 ns an arm and draw, more are drawn anew at about 15 ns.
 * Sharing draws between requests correlates the policies of two requests, never a choice with its
 * logged propensity, as the sampling from q is always fresh. A pool can't tell chances below one in
 * {@value PosteriorDraws#SIZE} from none: an arm that wins none of its draws has the floor's.
 */
public final class BetaThompson implements ExplorationPolicy<PosteriorSnapshot> {
  private final int draws;
  private final UniformFloor floor;
  private final boolean fresh;
  private final PosteriorDraws pools = new PosteriorDraws();

  /**
   * @param draws posterior draws behind the winner frequencies, in [1, 100000]
   * @param uniformFloor mass spread evenly over the eligible arms, in (0, 1]
   */
  public BetaThompson(int draws, double uniformFloor) {
    this(draws, uniformFloor, draws > PosteriorDraws.SIZE);
  }

  private BetaThompson(int draws, double uniformFloor, boolean fresh) {
    WinnerFrequencies.requireDraws(draws);
    this.draws = draws;
    this.floor = UniformFloor.positive(uniformFloor);
    this.fresh = fresh;
  }

  /**
   * With draws made anew for each decision, however few: for long runs without a floor, where the
   * chances of arms below those that a pool can tell from none decide.
   */
  public static BetaThompson fresh(int draws, double uniformFloor) {
    return new BetaThompson(draws, uniformFloor, true);
  }

  @Override
  public String version() {
    return "beta-thompson(draws=" + draws + "," + floor + ")";
  }

  @Override
  public boolean supportsPropensities() {
    return true;
  }

  /** As the interface says, each at least {@code uniformFloor / n}. */
  @Override
  public double[] probabilities(Decision<PosteriorSnapshot> decision, SplittableRandom random) {
    int n = decision.arms();
    if (n == 1) {
      return new double[] {1};
    }
    double[] alpha = new double[n];
    double[] beta = new double[n];
    for (int i = 0; i < n; i++) {
      Arm arm = decision.eligible().get(i);
      ArmEvidence evidence = decision.evidence().of(arm.item());
      alpha[i] = arm.prior().alpha() + evidence.rewards();
      beta[i] = arm.prior().beta() + (evidence.impressions() - evidence.rewards());
    }
    int[] wins =
        fresh
            ? WinnerFrequencies.fresh(alpha, beta, draws, random)
            : WinnerFrequencies.pooled(pools, alpha, beta, draws, random);
    return floor.underWinners(wins, draws);
  }
}
