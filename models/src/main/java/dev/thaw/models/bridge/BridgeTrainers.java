package dev.thaw.models.bridge;

import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.graph.BiTgcfTrainer;
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
  public static Trainer<BridgeData, Bridge> kernel() {
    return onAll(new KernelBridgeTrainer(3, KernelBridgeTrainer.RANK));
  }

  /** BiTGCF, for ranking. */
  public static Trainer<BridgeData, Bridge> graph(BiTgcfTrainer trainer) {
    return onAll(new GraphBridgeTrainer(trainer));
  }

  /** CMF, for ranking. */
  public static Trainer<BridgeData, Bridge> collective() {
    return onAll(new CollectiveBridgeTrainer(BridgeTrainer.SWEEPS, 1));
  }

  private static Trainer<BridgeData, Bridge> onAll(BridgeCandidate candidate) {
    return (data, random) ->
        candidate.fit(
            data, Overlap.of(data, data.targetModel(), user -> true), data.targetModel(), random);
  }

  private static Trainer<BridgeData, Bridge> trainer(BridgeCandidate candidate) {
    return (data, random) -> {
      BridgeCandidate onto =
          data.targetModel().kind() == FactorKind.IMPLICIT
              ? BridgeTrainer.projected(candidate)
              : candidate;
      return onAll(onto).fit(data, random);
    };
  }
}
