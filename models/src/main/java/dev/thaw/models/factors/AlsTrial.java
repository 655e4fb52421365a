package dev.thaw.models.factors;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Settings of implicit ALS that were tried on held-out users.
 *
 * @param ridge of users, see {@link ImplicitAlsConfig#userRidge}
 * @param weight of popularity
 * @param byUser what each user adds to {@code ndcg}; of all trials the same users in one order, at
 *     least two
 * @param ndcg nDCG at 10, the sum over the users
 */
@SuppressWarnings("ArrayRecordComponent")
record AlsTrial(
    double lambda, double alpha, double ridge, double weight, double[] byUser, double ndcg) {
  /** The most nDCG that may be given up: of few users, a standard error is more than that. */
  private static final double MARGIN = 0.003;

  /** Of equal ones the first. */
  static AlsTrial best(List<AlsTrial> trials) {
    return Collections.max(trials, Comparator.comparingDouble(AlsTrial::ndcg));
  }

  /**
   * Of those with the best one's alpha that are level with it: the one with the least lambda, of
   * these the best.
   */
  static AlsTrial leastLambda(List<AlsTrial> trials) {
    AlsTrial best = best(trials);
    return trials.stream()
        .filter(each -> each.alpha == best.alpha && each.isLevelWith(best))
        .min(Comparator.comparingDouble(AlsTrial::lambda).thenComparingDouble(each -> -each.ndcg))
        .orElse(best);
  }

  /**
   * Worse than the best by no more than one standard error of the difference, over the users, and
   * by no more than {@value #MARGIN}.
   */
  private boolean isLevelWith(AlsTrial best) {
    int users = byUser.length;
    double lost = best.ndcg - ndcg;
    double squares = 0;
    for (int user = 0; user < users; user++) {
      double deviation = best.byUser[user] - byUser[user] - lost / users;
      squares += deviation * deviation;
    }
    // of a sum of so many: users times the variance of one
    return lost <= Math.min(MARGIN, Math.sqrt(squares / (users - 1) * users));
  }
}
