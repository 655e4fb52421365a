package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * without the first arm: {@code p(a2 | a1) = q_a2 / (1 - q_a1)}.
 *
 * <p>Cost: O(n M) a request. Up to {@value PosteriorDraws#SIZE} draws come from pools of exact
 * draws that requests share, at about 0.25 ns an arm and draw, more are drawn anew at about 15 ns.
 * Sharing draws between requests correlates the policies of two requests, never a choice with its
 * logged propensity, as the sampling from q is always fresh.
 */
public final class BetaThompson {
  private final int draws;
  private final double uniformFloor;
  private final PosteriorDraws pools = new PosteriorDraws();

  /**
   * @param draws posterior draws behind the winner frequencies, in [1, 100000]
   * @param uniformFloor mass spread evenly over the eligible arms, in (0, 1]
   */
  public BetaThompson(int draws, double uniformFloor) {
    if (draws < 1 || draws > 100_000) {
      throw new IllegalArgumentException("draws must be in [1, 100000], was " + draws);
    }
    if (!(uniformFloor > 0 && uniformFloor <= 1)) {
      throw new IllegalArgumentException("uniform floor must be in (0, 1], was " + uniformFloor);
    }
    this.draws = draws;
    this.uniformFloor = uniformFloor;
  }

  /** 200 draws, floor 0.01. */
  public static BetaThompson standard() {
    return new BetaThompson(200, 0.01);
  }

  /**
   * Chooses an arm per slot, different ones; fewer slots than asked for if there are fewer arms.
   *
   * @param eligible the arms, all of them different; fixed from here on
   * @throws IllegalArgumentException if there is no arm, more than {@value
   *     Impression#MAX_ELIGIBLE}, one twice, or slots &lt; 1
   */
  public BanditDecision choose(
      PosteriorSnapshot snapshot, List<Arm> eligible, int slots, SplittableRandom random) {
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be >= 1, was " + slots);
    }
    requireDifferent(eligible);
    double[] q = policy(snapshot, eligible, random);
    return new BanditDecision(snapshot.version(), sample(q, eligible, slots, random));
  }

  /**
   * The executed policy of the first slot: probabilities of the arms in their order, each at least
   * {@code uniformFloor / n}.
   */
  public double[] policy(PosteriorSnapshot snapshot, List<Arm> eligible, SplittableRandom random) {
    int n = eligible.size();
    if (n < 1 || n > Impression.MAX_ELIGIBLE) {
      throw new IllegalArgumentException(
          "eligible arms must be in [1, " + Impression.MAX_ELIGIBLE + "], were " + n);
    }
    double[] q = new double[n];
    if (n == 1) {
      q[0] = 1;
      return q;
    }
    double[] alpha = new double[n];
    double[] beta = new double[n];
    for (int i = 0; i < n; i++) {
      Arm arm = eligible.get(i);
      ArmEvidence evidence = snapshot.of(arm.item());
      alpha[i] = arm.prior().alpha() + evidence.rewards();
      beta[i] = arm.prior().beta() + (evidence.impressions() - evidence.rewards());
    }
    int[] wins =
        draws <= PosteriorDraws.SIZE
            ? WinnerFrequencies.pooled(pools, alpha, beta, draws, random)
            : WinnerFrequencies.fresh(alpha, beta, draws, random);
    for (int i = 0; i < n; i++) {
      q[i] = (1 - uniformFloor) * wins[i] / draws + uniformFloor / n;
    }
    return q;
  }

  /** Draws different arms from q, one after the other. */
  static List<BanditDecision.Choice> sample(
      double[] q, List<Arm> eligible, int slots, SplittableRandom random) {
    double[] left = q.clone();
    List<BanditDecision.Choice> choices = new ArrayList<>(slots);
    for (int slot = 0; slot < Math.min(slots, q.length); slot++) {
      double total = 0;
      for (double mass : left) {
        total += mass;
      }
      int arm = pick(left, random.nextDouble() * total);
      choices.add(
          new BanditDecision.Choice(
              slot, arm, eligible.get(arm).item(), Math.min(1, left[arm] / total)));
      left[arm] = 0;
    }
    return choices;
  }

  private static int pick(double[] mass, double point) {
    double below = 0;
    int last = -1;
    for (int i = 0; i < mass.length; i++) {
      if (mass[i] > 0) {
        below += mass[i];
        last = i;
        if (point < below) {
          return i;
        }
      }
    }
    return last;
  }

  private static void requireDifferent(List<Arm> eligible) {
    Set<ItemId> seen = new HashSet<>(eligible.size() * 2);
    for (Arm arm : eligible) {
      if (!seen.add(arm.item())) {
        throw new IllegalArgumentException("eligible arms must differ, twice " + arm.item());
      }
    }
  }
}
