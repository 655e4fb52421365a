package dev.thaw.models.bandit;

import java.util.SplittableRandom;

/**
 * How arms are chosen. Thread-safe.
 *
 * <p>A policy gives the chances themselves, and {@link SlotSampler} draws from them: whatever a
 * policy does to find them, Monte Carlo included, they are the probabilities with which arms are
 * chosen and not estimates of these.
 *
 * @param <E> what it decides on
 */
public interface ExplorationPolicy<E extends EvidenceSnapshot> {
  /** Name and parameters; equal where policies are. */
  String version();

  /**
   * The executed policy of the first slot.
   *
   * @param random used up before the chances are fixed, such as for posterior draws
   * @return a probability for each eligible arm, in their order; they add up to 1
   * @throws IllegalArgumentException if the features are not what the evidence was learned with
   */
  double[] probabilities(Decision<E> decision, SplittableRandom random);

  /**
   * Whether every eligible arm always has a chance, as off-policy evaluation needs it. What a
   * policy without that logs can't be reweighted.
   */
  boolean supportsPropensities();
}
