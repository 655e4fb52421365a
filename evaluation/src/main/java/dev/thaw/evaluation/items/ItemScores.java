package dev.thaw.evaluation.items;

import dev.thaw.evaluation.items.Judges.Judge;
import dev.thaw.evaluation.methods.RankingMethod;

/**
 * A way to rank new items.
 *
 * @param scorer of a number of known interactions
 */
record ItemScores(String name, RankingMethod.Role role, ByCount scorer) {

  /** One scorer for each number of known interactions. */
  @FunctionalInterface
  interface ByCount {
    Scorer at(int interactions);
  }

  /** Writes one score per new item. Thread-safe. */
  @FunctionalInterface
  interface Scorer {
    void score(Judge judge, float[] out);
  }

  static ItemScores single(String name, ByCount scorer) {
    return new ItemScores(name, RankingMethod.Role.SINGLE, scorer);
  }

  static ItemScores baseline(String name, ByCount scorer) {
    return new ItemScores(name, RankingMethod.Role.BASELINE, scorer);
  }
}
