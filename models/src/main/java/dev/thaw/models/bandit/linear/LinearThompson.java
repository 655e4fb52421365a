package dev.thaw.models.bandit.linear;

import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.UniformFloor;
import dev.thaw.models.bandit.WinnerFrequencies;
import java.util.SplittableRandom;

/**
 * Thompson sampling of linear rewards (Agrawal and Goyal, ICML 2013): winner frequencies of M draws
 * of the arms' scores, mixed with a floor. The scores' distributions are known, so that all draws
 * of all arms take one pass over the weights: {@code 2 n d} products with {@link DiagonalSnapshot},
 * {@code n d (d + 2)} with {@link RidgeSnapshot}, and n M normal numbers. The draws are joint ones
 * as long as arms have weights of their own; with {@link HybridSnapshot} they are of each arm by
 * itself. Chances are exact in any case.
 *
 * @param <E> whose scores it draws
 */
public final class LinearThompson<E extends LinearEvidence> implements ExplorationPolicy<E> {
  private final double noise;
  private final int draws;
  private final UniformFloor floor;

  /**
   * @param noise standard deviation of a reward, in (0, 1000]; larger explores more
   * @param draws in [1, 100000]
   * @param uniformFloor mass spread evenly over the eligible arms, in (0, 1]
   */
  public LinearThompson(double noise, int draws, double uniformFloor) {
    if (!(noise > 0 && noise <= 1_000)) {
      throw new IllegalArgumentException("noise must be in (0, 1000], was " + noise);
    }
    WinnerFrequencies.requireDraws(draws);
    this.noise = noise;
    this.draws = draws;
    this.floor = UniformFloor.positive(uniformFloor);
  }

  @Override
  public String version() {
    return "linear-thompson(noise=" + noise + ",draws=" + draws + "," + floor + ")";
  }

  @Override
  public boolean supportsPropensities() {
    return true;
  }

  @Override
  public double[] probabilities(Decision<E> decision, SplittableRandom random) {
    Scores scores = decision.evidence().scores(decision.eligible(), decision.contexts());
    return floor.underWinners(scores.winners(noise, draws, random), draws);
  }
}
