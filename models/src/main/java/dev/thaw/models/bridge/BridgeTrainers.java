package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.training.Trainer;

/** The trainers of single bridges, by their standard names, with fixed parameters. */
public final class BridgeTrainers {
  private static final BridgeCandidate RIDGE = new LinearBridgeTrainer(10);

  private BridgeTrainers() {}

  /** The linear map alone. */
  public static Trainer<BridgeData, Bridge> linear() {
    return trainer(RIDGE);
  }

  /** The linear map with the perceptron. */
  public static Trainer<BridgeData, Bridge> emcdr() {
    return trainer(new MlpBridgeTrainer(RIDGE, MlpBridgeTrainer.DESCENT));
  }

  /** The linear map with a matrix for each user. */
  public static Trainer<BridgeData, Bridge> ptupcdr() {
    return trainer(PtupcdrTrainer.on(RIDGE));
  }

  /** Kernel ridge of rank 32, for ranking. */
  public static Trainer<BridgeData, KernelBridge> kernel() {
    KernelBridgeTrainer trainer = new KernelBridgeTrainer(3, KernelBridgeTrainer.RANK);
    return (data, random) ->
        trainer.fit(
            data, Overlap.of(data, data.targetModel(), user -> true), data.targetModel(), random);
  }

  private static Trainer<BridgeData, Bridge> trainer(BridgeCandidate candidate) {
    return (data, random) -> {
      BridgeCandidate onto =
          data.targetModel().kind() == FactorKind.IMPLICIT
              ? BridgeTrainer.projected(candidate)
              : candidate;
      Overlap overlap = Overlap.of(data, data.targetModel(), user -> true);
      return onto.fit(data, overlap, data.targetModel(), random);
    };
  }
}
