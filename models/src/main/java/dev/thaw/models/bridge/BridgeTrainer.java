package dev.thaw.models.bridge;

import dev.thaw.models.training.Trainer;
import java.util.random.RandomGenerator;

/**
 * Trains the linear and the history bridge, keeps the better one on held-out overlap users, and
 * decides by {@link NegativeTransferGate} whether the pair may be used.
 */
public final class BridgeTrainer implements Trainer<BridgeData, GatedBridge> {
  @Override
  public GatedBridge fit(BridgeData data, RandomGenerator random) {
    throw new UnsupportedOperationException("not yet");
  }
}
