package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorModel;
import java.util.random.RandomGenerator;

/** One way to train a bridge; {@link BridgeTrainer} chooses among several. */
@FunctionalInterface
interface BridgeCandidate {
  /**
   * @param overlap users to learn from
   * @param targetModel may know fewer users than that of the data
   */
  Bridge fit(BridgeData data, Overlap overlap, FactorModel targetModel, RandomGenerator random);
}
