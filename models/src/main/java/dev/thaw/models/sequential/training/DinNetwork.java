package dev.thaw.models.sequential.training;

import dev.thaw.models.sequential.DinConfig;
import dev.thaw.models.sequential.DinModel;
import dev.thaw.models.sequential.DinShape;
import dev.thaw.models.sequential.DinShape.Part;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.ParameterLayout;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Trains {@link DinModel}s: likes are told from items drawn at random, by the newest likes before
 * them.
 */
final class DinNetwork implements Network {
  private static final double DEVIATION = 0.05;

  private final DinConfig config;
  private final DinShape shape;
  private final ParameterLayout layout;

  DinNetwork(DinConfig config, int items) {
    this.config = config;
    this.shape = config.shape(items);
    this.layout = shape.layout();
  }

  @Override
  public String name() {
    return "DIN";
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public EpochDescent.Steps steps() {
    return new EpochDescent.Steps(
        config.learningRate(),
        config.decay(),
        layout.offset(Part.ITEMS.ordinal()),
        config.epochs(),
        config.patience(),
        3 * Math.log(config.negatives() + 1.0) + 10);
  }

  @Override
  public List<EpochDescent.Step> heldOut(List<int[]> sequences, RandomGenerator random) {
    return epoch(sequences, random);
  }

  @Override
  public SequentialModel model(LikedSequences data, float[] parameters) {
    return DinModel.of(data, config, parameters);
  }

  @Override
  public List<EpochDescent.Step> epoch(List<int[]> sequences, RandomGenerator random) {
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
  @Override
  public double[] start(int[] counts, RandomGenerator random) {
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
