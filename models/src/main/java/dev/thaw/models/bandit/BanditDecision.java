package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.List;

/**
 * What the bandit chose.
 *
 * @param posteriorVersion of the snapshot that was decided on
 * @param policyVersion see {@link ExplorationPolicy#version}
 * @param choices one per slot, in slot order
 */
public record BanditDecision(String posteriorVersion, String policyVersion, List<Choice> choices) {
  public BanditDecision {
    choices = List.copyOf(choices);
  }

  /**
   * @param arm index into the eligible arms
   * @param propensity probability of this arm in this slot given the slots before it, in (0, 1]
   */
  public record Choice(int slot, int arm, ItemId item, double propensity) {}

  /** Probability of this very list of choices. */
  public double jointPropensity() {
    double joint = 1;
    for (Choice choice : choices) {
      joint *= choice.propensity();
    }
    return joint;
  }
}
