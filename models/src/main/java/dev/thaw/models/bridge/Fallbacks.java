package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import java.util.List;

/**
 * What answers for users new to the target where no bridge does. A bridge is compared with the best
 * there is, popularity included, which need not be given.
 */
@FunctionalInterface
public interface Fallbacks {
  /** Scores the target's items, by their numbers in the positives, for one user. */
  @FunctionalInterface
  interface Scores {
    void score(UserId user, float[] out);
  }

  /**
   * The target without the users that decide.
   *
   * @param positives what was liked
   * @param met all interactions, liked or not; its items may have other numbers
   * @param factors trained on the positives
   */
  record Known(Interactions positives, Interactions met, FactorModel factors) {}

  /** One for each way to answer. */
  List<Scores> fit(Known known);
}
