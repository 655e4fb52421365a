package dev.thaw.models.bandit;

import java.util.List;
import java.util.SplittableRandom;

/** Thompson sampling over Beta posteriors with exact propensities. Thread-safe. */
public final class BetaThompson {
  /**
   * @param draws posterior draws behind the winner frequencies, in [1, 100000]
   * @param uniformFloor mass spread evenly over the eligible arms, in (0, 1]
   */
  public BetaThompson(int draws, double uniformFloor) {}

  /**
   * Chooses an arm per slot, at most as many as there are arms.
   *
   * @throws IllegalArgumentException if there is no arm, more than 500, or slots &lt; 1
   */
  public BanditDecision choose(
      PosteriorSnapshot snapshot, List<Arm> eligible, int slots, SplittableRandom random) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The executed policy of the first slot: probabilities of the arms in their order. */
  public double[] policy(PosteriorSnapshot snapshot, List<Arm> eligible, SplittableRandom random) {
    throw new UnsupportedOperationException("not yet");
  }
}
