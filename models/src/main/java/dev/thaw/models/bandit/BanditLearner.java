package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.ItemId;

/**
 * Evidence as it comes in. Mutable; belongs to one thread.
 *
 * @param <E> what policies read of it
 */
public interface BanditLearner<E extends EvidenceSnapshot> {
  /**
   * What showing an arm earned.
   *
   * @param features what the arm was chosen by, length d, finite; none for counts
   * @param time event time, epoch milliseconds; in any order
   * @throws IllegalArgumentException if the arm is not one of those it learns of, or features or
   *     reward are out of bounds; nothing was learned then
   */
  void observe(ItemId arm, float[] features, double reward, long time);

  /**
   * All that was learned, apart from what follows.
   *
   * @param version names it in impression records
   * @param time event time that evidence has faded to, epoch milliseconds
   */
  E snapshot(String version, long time);
}
