package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.time.Duration;

/**
 * Who comes, what may be shown and what it is worth. Says the same whenever it is asked.
 * Thread-safe.
 */
public interface World {
  /** Visits of one run. */
  int rounds();

  /** Features of a visit's context. */
  int dimension();

  /** Whether an arm is one of this world, sooner or later. */
  boolean knows(ItemId arm);

  /**
   * @param round from 0
   */
  Visit visit(int round);

  /**
   * Number of the training that contexts of a time are of: features of two trainings don't compare.
   *
   * @param time epoch milliseconds
   */
  default int training(long time) {
    return 0;
  }

  /** How long after a visit what came of it is known, as rewards are joined in a window. */
  Duration settledAfter();
}
