package dev.thaw.models.sequential.training;

import dev.thaw.models.sequential.DinConfig;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingDivergedException;
import dev.thaw.models.training.TrainingProgress;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Learns models of what is liked next by gradient descent. A tenth of the users is held out; the
 * epoch with the least loss on them is kept, and training ends when none has been better for a
 * while.
 */
public final class SequentialTrainer implements Trainer<LikedSequences, SequentialModel> {
  private final IntFunction<Network> network;
  private final Map<String, String> parameters;
  private final TrainingProgress progress;

  private SequentialTrainer(
      IntFunction<Network> network, Map<String, String> parameters, TrainingProgress progress) {
    this.network = network;
    this.parameters = parameters;
    this.progress = progress;
  }

  /** Of SASRec models. */
  public static SequentialTrainer of(SasrecConfig config, TrainingProgress progress) {
    return new SequentialTrainer(
        items -> new SasrecNetwork(config, items), config.toMap(), progress);
  }

  /** Of DIN models. */
  public static SequentialTrainer of(DinConfig config, TrainingProgress progress) {
    return new SequentialTrainer(items -> new DinNetwork(config, items), config.toMap(), progress);
  }

  /** For a provenance. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /**
   * @throws TrainingDivergedException if the loss runs away
   * @throws IllegalArgumentException if no user has two likes
   * @throws IllegalStateException if the engine is not there
   */
  @Override
  public SequentialModel fit(LikedSequences data, RandomGenerator random) {
    return run(data, random).model();
  }

  /** As {@link #fit}, with the losses. */
  public TrainedNetwork run(LikedSequences data, RandomGenerator random) {
    return new EpochDescent(network.apply(data.items().size()), data, progress).run(random);
  }
}
