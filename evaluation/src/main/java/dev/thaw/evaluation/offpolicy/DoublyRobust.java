package dev.thaw.evaluation.offpolicy;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Estimators that model rewards, for answers of one slot: with q the modelled reward, {@code dm_i =
 * sum_a pi_e(a | x_i) q(x_i, a)}, w the weight and r the reward.
 *
 * @param modelled of the log that the estimators are then asked of
 */
record DoublyRobust(ModelledRewards modelled) {
  static final String DIRECT = "DM";

  private static final int CANDIDATES = 21;

  /**
   * {@code 1/n sum dm_i}. Its intervals know the variance of the circumstances, not the error of
   * the model: they are too narrow.
   */
  Estimator direct() {
    return new Estimator(DIRECT, log -> Terms.mean(log, modelled::underPolicy));
  }

  /**
   * {@code 1/n sum (dm_i + w_i (r_i - q(x_i, a_i)))} (Dudik, Langford and Li 2011, eq. 1; Dudik et
   * al. 2014). Unbiased where propensities or model are right.
   */
  Estimator doublyRobust() {
    return new Estimator("DR", log -> Terms.mean(log, i -> corrected(log, i)));
  }

  private double corrected(WeightedLog log, int i) {
    return modelled.underPolicy(i) + log.weight(0, i) * (log.reward(0, i) - modelled.atLogged(i));
  }

  /**
   * DR that corrects only where {@code w <= tau} (Wang, Agarwal and Dudik 2017, sec. 3, SWITCH with
   * the DR correction).
   *
   * @param tau at least 0; infinite is DR
   */
  Estimator switching(double tau) {
    if (!(tau >= 0)) {
      throw new IllegalArgumentException("tau must be >= 0, was " + tau);
    }
    return new Estimator("switch-DR", log -> switched(log, tau));
  }

  private Terms switched(WeightedLog log, double tau) {
    return Terms.mean(
        log, i -> log.weight(0, i) <= tau ? corrected(log, i) : modelled.underPolicy(i));
  }

  /**
   * Switch-DR at the tau of the smallest bound on its error: variance plus the square of {@code
   * R_max E_pi_e[1(w > tau)]}, the largest bias there can be (Wang, Agarwal and Dudik 2017, sec.
   * 4.3). That expectation is estimated from the log as {@code 1/n sum w 1(w > tau)}, as the
   * weights of arms that were not chosen are not logged. Tau is one of 21 values between the
   * weights' 5 % and 95 % quantiles, in equal ratios as in their sec. 5, or infinite.
   *
   * @param maxReward R_max, no reward is above it
   */
  Estimator switchingByBound(double maxReward) {
    return new Estimator("switch-DR", log -> switched(log, tau(log, maxReward)));
  }

  double tau(WeightedLog log, double maxReward) {
    double[] sorted = new double[log.size()];
    Arrays.setAll(sorted, i -> log.weight(0, i));
    Arrays.sort(sorted);
    double low = Math.max(quantile(sorted, 0.05), Double.MIN_NORMAL);
    double high = Math.max(quantile(sorted, 0.95), low);
    double best = Double.POSITIVE_INFINITY;
    double least = bound(log, best, maxReward);
    for (int c = 0; c < CANDIDATES; c++) {
      double tau = low * Math.pow(high / low, c / (CANDIDATES - 1.0));
      double bound = bound(log, tau, maxReward);
      if (bound < least) {
        least = bound;
        best = tau;
      }
    }
    return best;
  }

  private double bound(WeightedLog log, double tau, double maxReward) {
    double error = switched(log, tau).standardError();
    IntToDoubleFunction beyond = i -> log.weight(0, i) > tau ? log.weight(0, i) : 0;
    double bias = maxReward * Terms.mean(log, beyond).estimate();
    return error * error + bias * bias;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /**
   * DR with rounds weighted by {@code h_i = (sum_a pi_e(a)^2 / pi_i(a))^(-1/2)}: {@code sum h_i
   * dr_i / sum h_i} (Zhan et al. 2021, StableVar, after Hadad et al. 2021, eq. 9). Weights that
   * depend on the past alone and make the rounds' variances alike leave the estimate asymptotically
   * normal in logs of a policy that learns, where the plain mean need not be; where eligible arms
   * or contexts differ these depend on the round's own, too, and the estimate leans towards
   * contexts in which the logging policy is like the evaluated one. Needs the logging distributions
   * of all rounds and a model {@linkplain CrossFit#fromThePast from the past}.
   */
  Estimator stabilised() {
    return new Estimator(
        "stabilised DR",
        log -> {
          double[] share = new double[log.size()];
          Arrays.setAll(share, i -> stability(log, i));
          return Terms.ratio(log, i -> share[i] * corrected(log, i), i -> share[i]);
        });
  }

  private static double stability(WeightedLog log, int i) {
    LoggedRound round = log.rounds().get(i);
    double[] chances = log.policy().orElseThrow().chances(round, 0);
    double sum = 0;
    for (int place = 0; place < chances.length; place++) {
      if (chances[place] > 0) {
        sum += chances[place] * chances[place] / round.loggingChance(place);
      }
    }
    return 1 / Math.sqrt(sum);
  }
}
