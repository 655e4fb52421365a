package dev.thaw.evaluation.offpolicy;

import java.util.List;

/**
 * Importance sampling for answers of several slots, under an assumption that makes weights smaller
 * than those of the whole list; r_k is the reward of slot k. With one slot all are IPS or SNIPS.
 */
final class SlateSampling {
  private SlateSampling() {}

  /** What can be said of this log; the independent ones need marginal propensities. */
  static List<Estimator> all(WeightedLog log) {
    return log.hasMarginals()
        ? List.of(
            independent(),
            independentNormalised(),
            rewardInteraction(),
            rewardInteractionNormalised())
        : List.of(rewardInteraction(), rewardInteractionNormalised());
  }

  /**
   * {@code 1/n sum_i sum_k m_ik r_ik}, m the ratio of the marginal chances of slot k (Li et al.
   * 2018, item-position model). Unbiased if a slot's reward depends on its own item alone.
   */
  static Estimator independent() {
    return new Estimator(
        "independent IPS",
        log ->
            Terms.mean(
                log,
                i -> overSlots(log, slot -> log.marginalWeight(slot, i) * log.reward(slot, i))));
  }

  /** {@code sum_k (sum_i m_ik r_ik / sum_i m_ik)}. */
  static Estimator independentNormalised() {
    return new Estimator(
        "independent SNIPS",
        log ->
            Terms.of(
                log,
                log.slots(),
                (slot, i) -> log.marginalWeight(slot, i) * log.reward(slot, i),
                log::marginalWeight));
  }

  /**
   * {@code 1/n sum_i sum_k (prod_{j<=k} w_ij) r_ik}, w the ratios of chances given the slots before
   * (McInerney et al. 2020, eq. 9). Unbiased if a slot's reward depends on its item and those
   * before.
   */
  static Estimator rewardInteraction() {
    return new Estimator(
        "reward-interaction IPS",
        log ->
            Terms.mean(
                log, i -> overSlots(log, slot -> log.weightUpTo(slot, i) * log.reward(slot, i))));
  }

  /** {@code sum_k (sum_i (prod_{j<=k} w_ij) r_ik / sum_i prod_{j<=k} w_ij)}. */
  static Estimator rewardInteractionNormalised() {
    return new Estimator(
        "reward-interaction SNIPS",
        log ->
            Terms.of(
                log,
                log.slots(),
                (slot, i) -> log.weightUpTo(slot, i) * log.reward(slot, i),
                log::weightUpTo));
  }

  private interface OfSlot {
    double at(int slot);
  }

  private static double overSlots(WeightedLog log, OfSlot value) {
    double sum = 0;
    for (int slot = 0; slot < log.slots(); slot++) {
      sum += value.at(slot);
    }
    return sum;
  }
}
