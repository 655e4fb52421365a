package dev.thaw.models.diversity;

import java.util.List;

/** What every rule checks of its arguments. */
final class Selections {
  private Selections() {}

  /** How many can be selected. */
  static int size(List<DiversityRule.Candidate> candidates, int k) {
    if (k < 0) {
      throw new IllegalArgumentException("k must be >= 0, was " + k);
    }
    for (int i = 1; i < candidates.size(); i++) {
      if (candidates.get(i).score() > candidates.get(i - 1).score()) {
        throw new IllegalArgumentException(
            "candidates must be by falling score, was "
                + candidates.get(i).score()
                + " at "
                + i
                + " after "
                + candidates.get(i - 1).score());
      }
    }
    return Math.min(k, candidates.size());
  }
}
