package dev.thaw.evaluation.offpolicy;

/**
 * The policy whose value is asked for. Must depend on nothing but the round's eligible arms, its
 * segment and, of the slots before the asked one, the arms. Stateless and thread-safe.
 */
public interface EvaluationPolicy {
  String name();

  /**
   * Chances of the eligible arms in a slot, given the logged arms in the slots before.
   *
   * @return in the order of the eligible arms, sum 1; all 0 where the policy never puts those arms
   *     before
   */
  double[] chances(LoggedRound round, int slot);

  /**
   * Chances of the eligible arms in a slot, whatever stands before.
   *
   * @return in the order of the eligible arms, sum 1
   */
  double[] marginalChances(LoggedRound round, int slot);
}
