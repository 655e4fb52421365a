package dev.thaw.evaluation.offpolicy;

import java.util.function.IntFunction;

/**
 * What reward models expect of each round of a log: under the evaluated policy, and of the arm that
 * was logged. Of logs of one slot. Immutable.
 */
final class ModelledRewards {
  private final double[] underPolicy;
  private final double[] atLogged;

  private ModelledRewards(int rounds) {
    this.underPolicy = new double[rounds];
    this.atLogged = new double[rounds];
  }

  /**
   * @param models that of each round, by its place in the log
   */
  static ModelledRewards of(WeightedLog log, IntFunction<RewardModel> models) {
    if (log.slots() != 1) {
      throw new IllegalArgumentException(
          "rewards are modelled for answers of 1 slot, the log has " + log.slots());
    }
    EvaluationPolicy policy =
        log.policy()
            .orElseThrow(
                () -> new IllegalArgumentException("the policy that wrote a log needs no model"));
    ModelledRewards modelled = new ModelledRewards(log.size());
    for (int i = 0; i < log.size(); i++) {
      LoggedRound round = log.rounds().get(i);
      RewardModel model = models.apply(i);
      double[] chances = policy.chances(round, 0);
      for (int place = 0; place < chances.length; place++) {
        if (chances[place] > 0) {
          modelled.underPolicy[i] += chances[place] * model.reward(round, place);
        }
      }
      modelled.atLogged[i] = model.reward(round, round.place(0));
    }
    return modelled;
  }

  /** {@code sum_a pi_e(a | x) q(x, a)}. */
  double underPolicy(int round) {
    return underPolicy[round];
  }

  /** {@code q(x, a)} of the logged arm. */
  double atLogged(int round) {
    return atLogged[round];
  }
}
