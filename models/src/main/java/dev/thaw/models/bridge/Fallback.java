package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;

/**
 * What answers for users new to the target where no bridge does. A bridge is compared with the best
 * there is, popularity included, which need not be given.
 */
@FunctionalInterface
public interface Fallback {
  /** Scores the target's items, by their numbers in the positives, for one user. */
  @FunctionalInterface
  interface Scores {
    void score(UserId user, float[] out);
  }

  /**
   * @param positives liked items of the target without the users that decide
   */
  Scores fit(Interactions positives);
}
