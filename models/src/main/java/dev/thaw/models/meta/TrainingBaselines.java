package dev.thaw.models.meta;

import java.util.List;

/**
 * The baseline that is served, and those that tasks are made with. Residuals of a baseline that was
 * fitted to a user's queries are less than those of a newcomer's; a cross-fitted one has not met
 * the user. Immutable, thread-safe.
 *
 * @param whole fitted to everybody; items are described to the network by its factors
 * @param folds each fitted without the users of its number, empty where all users take the whole
 */
record TrainingBaselines(RatingBaseline whole, List<RatingBaseline> folds) {
  TrainingBaselines {
    folds = List.copyOf(folds);
  }

  static TrainingBaselines of(RatingBaseline whole) {
    return new TrainingBaselines(whole, List.of());
  }

  /** The fold of a user. */
  static int fold(int user, int folds) {
    return user % folds;
  }

  RatingBaseline ofUser(int user) {
    return folds.isEmpty() ? whole : folds.get(fold(user, folds.size()));
  }
}
