package dev.thaw.evaluation.offpolicy;

/**
 * What stood in one slot of an answer and what it earned.
 *
 * @param arm that was chosen
 * @param propensity with which the logging policy chose it, given the slots before, in (0, 1]
 * @param marginal with which it chose it whatever stood before, in (0, 1]; NaN if that is not known
 * @param reward finite and at least 0
 */
public record LoggedSlot(int arm, double propensity, double marginal, double reward) {
  public LoggedSlot {
    requireChance("propensity", propensity);
    if (!Double.isNaN(marginal)) {
      requireChance("marginal propensity", marginal);
    }
    if (!(reward >= 0 && Double.isFinite(reward))) {
      throw new IllegalArgumentException("reward must be finite and >= 0, was " + reward);
    }
  }

  private static void requireChance(String name, double chance) {
    if (!(chance > 0 && chance <= 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1], was " + chance);
    }
  }

  /** The only slot, or the first: nothing stands before it. */
  public static LoggedSlot first(int arm, double propensity, double reward) {
    return new LoggedSlot(arm, propensity, propensity, reward);
  }

  /** A slot behind others, of which only the chance given those is logged. */
  public static LoggedSlot later(int arm, double propensity, double reward) {
    return new LoggedSlot(arm, propensity, Double.NaN, reward);
  }

  /** The same choice with another reward. */
  public LoggedSlot earning(double otherReward) {
    return new LoggedSlot(arm, propensity, marginal, otherReward);
  }

  public boolean hasMarginal() {
    return !Double.isNaN(marginal);
  }
}
