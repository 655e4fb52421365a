package dev.thaw.models.sequential.training;

import dev.thaw.models.sequential.DinConfig;
import dev.thaw.models.sequential.DinModel;
import dev.thaw.models.sequential.DinShape;
import dev.thaw.models.sequential.DinShape.Part;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.ParameterLayout;
import dev.thaw.models.training.Shuffled;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingDivergedException;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Learns {@link DinModel}s: likes are told from items drawn at random, by the newest likes before
 * them. A tenth of the users is held out; the epoch with the least loss on them is kept, and
 * training ends when none has been better for a while.
 */
public final class DinTrainer implements Trainer<LikedSequences, DinModel> {
  private static final double DEVIATION = 0.05;

  private final DinConfig config;
  private final TrainingProgress progress;

  public DinTrainer(DinConfig config, TrainingProgress progress) {
    this.config = config;
    this.progress = progress;
  }

  /**
   * @throws TrainingDivergedException if the loss runs away
   * @throws IllegalArgumentException if no user has two likes
   * @throws IllegalStateException if the engine is not there
   */
  @Override
  public DinModel fit(LikedSequences data, RandomGenerator random) {
    return run(data, random).model();
  }

  /** As {@link #fit}, with the losses. */
  public TrainedNetwork<DinModel> run(LikedSequences data, RandomGenerator random) {
    DinShape shape = config.shape(data.items().size());
    ParameterLayout layout = shape.layout();
    EpochDescent descent =
        new EpochDescent(
            "DIN of " + data.domain(),
            new EpochDescent.Steps(
                config.learningRate(),
                config.decay(),
                layout.offset(Part.ITEMS.ordinal()),
                config.epochs(),
                config.patience(),
                3 * Math.log(config.negatives() + 1.0) + 10),
            layout,
            progress);
    // the same likes and others each time
    long judged = random.nextLong();
    return descent.run(
        data,
        chance -> start(shape, data.counts(), chance),
        (sequences, chance) -> steps(shape, sequences, chance),
        sequences -> steps(shape, sequences, new SplittableRandom(judged)),
        parameters -> DinModel.of(data, config, parameters),
        random);
  }

  private List<EpochDescent.Step> steps(
      DinShape shape, List<int[]> sequences, RandomGenerator random) {
    List<DinBatch.Example> examples = Shuffled.of(drawn(sequences, random), random);
    List<EpochDescent.Step> steps = new ArrayList<>();
    for (int from = 0; from < examples.size(); from += config.batch()) {
      List<DinBatch.Example> batch =
          examples.subList(from, Math.min(examples.size(), from + config.batch()));
      steps.add(
          new EpochDescent.Step(
              batch.size(),
              new DinGraph(
                      shape,
                      DinBatch.of(
                          batch, config.length(), config.negatives(), shape.items(), random))
                  ::loss));
    }
    return steps;
  }

  /** Some likes of each user, none twice. */
  private List<DinBatch.Example> drawn(List<int[]> sequences, RandomGenerator random) {
    List<DinBatch.Example> examples = new ArrayList<>();
    for (int[] sequence : sequences) {
      List<DinBatch.Example> all = new ArrayList<>();
      for (int at = 0; at < sequence.length; at++) {
        all.add(new DinBatch.Example(sequence, at));
      }
      examples.addAll(Shuffled.of(all, random).subList(0, Math.min(config.perUser(), all.size())));
    }
    return examples;
  }

  /** Small numbers; items' biases at what popularity alone says of them. */
  private static double[] start(DinShape shape, int[] counts, RandomGenerator random) {
    ParameterLayout layout = shape.layout();
    double[] start = new double[layout.size()];
    for (Part part : Part.values()) {
      double deviation =
          switch (part) {
            case UNIT_LIKED, UNIT_CANDIDATE, UNIT_PRODUCT, INTEREST, CANDIDATE, PRODUCT ->
                Math.sqrt(1.0 / shape.dimension());
            case UNIT_OUTPUT -> Math.sqrt(1.0 / shape.unit());
            case OUTPUT -> Math.sqrt(1.0 / shape.hidden());
            case ITEMS -> DEVIATION;
            case UNIT_BIAS, UNIT_OUTPUT_BIAS, HIDDEN_BIAS, ITEM_BIAS -> 0;
          };
      for (int i = layout.offset(part.ordinal()); i < layout.offset(part.ordinal() + 1); i++) {
        start[i] = deviation == 0 ? 0 : deviation * random.nextGaussian();
      }
    }
    for (int item = 0; item < counts.length; item++) {
      start[layout.offset(Part.ITEM_BIAS.ordinal()) + item] = Math.log(counts[item]);
    }
    return start;
  }
}
