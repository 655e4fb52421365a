package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A bridge for each fold of the overlap users, trained without them. What learns the rest that a
 * bridge leaves must not see it on users it was fitted to: a ridge leaves little of those.
 */
final class CrossFitted {
  private static final int FOLDS = 5;

  private final List<Bridge> bridges;

  private CrossFitted(List<Bridge> bridges) {
    this.bridges = bridges;
  }

  static CrossFitted of(
      BridgeCandidate trainer,
      BridgeData data,
      Overlap overlap,
      FactorModel target,
      RandomGenerator random) {
    List<Bridge> bridges = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      int without = fold;
      bridges.add(trainer.fit(data, overlap.of(u -> u % FOLDS != without), target, random));
    }
    return new CrossFitted(bridges);
  }

  /**
   * @param user its number in the overlap
   */
  Bridge without(int user) {
    return bridges.get(user % FOLDS);
  }
}
