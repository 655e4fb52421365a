package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.UniformFloor;
import dev.thaw.models.bandit.WinnerFrequencies;
import java.util.SplittableRandom;

/**
 * Thompson sampling on the last layer of a trained network (Riquelme, Tucker and Snoek, ICLR 2018).
 * Contexts are the layer's outputs for the user and each arm, such as those of {@link
 * dev.thaw.models.meta.UserScorer#lastLayer}.
 */
public final class NeuralLinear implements ExplorationPolicy<NeuralLinearSnapshot> {
  private final int draws;
  private final UniformFloor floor;

  /**
   * @param draws in [1, 100000]
   * @param uniformFloor mass spread evenly over the eligible arms, in (0, 1]
   */
  public NeuralLinear(int draws, double uniformFloor) {
    WinnerFrequencies.requireDraws(draws);
    this.draws = draws;
    this.floor = UniformFloor.positive(uniformFloor);
  }

  @Override
  public String version() {
    return "neural-linear(draws=" + draws + "," + floor + ")";
  }

  @Override
  public boolean supportsPropensities() {
    return true;
  }

  @Override
  public double[] probabilities(Decision<NeuralLinearSnapshot> decision, SplittableRandom random) {
    return floor.underWinners(decision.evidence().winners(decision, draws, random), draws);
  }
}
