package dev.thaw.models.sequential.training;

import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.ParameterLayout;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.SasrecModel;
import dev.thaw.models.sequential.SasrecShape;
import dev.thaw.models.sequential.SasrecShape.BlockPart;
import dev.thaw.models.sequential.SasrecShape.Rest;
import dev.thaw.models.sequential.SequentialModel;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Trains {@link SasrecModel}s: what is liked is foretold from the likes before it, by the
 * cross-entropy over the whole catalogue, with Adam. What an epoch takes is O(likes x items x d).
 */
final class SasrecNetwork implements Network {
  private static final double DEVIATION = 0.02;

  /** Logits of one step, which take four bytes each and as much again for their gradient. */
  private static final int MAX_LOGITS = 24_000_000;

  private final SasrecConfig config;
  private final SasrecShape shape;
  private final ParameterLayout layout;
  private final int mostTargets;

  SasrecNetwork(SasrecConfig config, int items) {
    this.config = config;
    this.shape = config.shape(items);
    this.layout = shape.layout();
    this.mostTargets = Math.max(config.length() + 1, MAX_LOGITS / items);
  }

  @Override
  public String name() {
    return "SASRec";
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
        layout.offset(shape.index(Rest.ITEMS)),
        config.epochs(),
        config.patience(),
        3 * Math.log(shape.items()) + 10);
  }

  @Override
  public SequentialModel model(LikedSequences data, float[] parameters) {
    return SasrecModel.of(data, config, parameters);
  }

  @Override
  public List<EpochDescent.Step> epoch(List<int[]> sequences, RandomGenerator random) {
    Dropout dropout = Dropout.of(config.dropout(), random);
    return SequenceBatch.all(
            Windows.of(sequences, shape.length() + 1, random),
            config.batch(),
            mostTargets,
            config.horizon(),
            random)
        .stream()
        .map(
            batch ->
                new EpochDescent.Step(
                    batch.targets().length, new SasrecGraph(shape, batch, dropout)::loss))
        .toList();
  }

  /** Their newest likes, nothing left out. */
  @Override
  public List<EpochDescent.Step> heldOut(List<int[]> sequences, RandomGenerator random) {
    List<int[]> newest =
        sequences.stream()
            .map(
                each ->
                    Arrays.copyOfRange(
                        each, Math.max(0, each.length - shape.length() - 1), each.length))
            .toList();
    return SequenceBatch.all(newest, config.batch(), mostTargets, config.horizon(), random).stream()
        .map(
            batch ->
                new EpochDescent.Step(
                    batch.targets().length, new SasrecGraph(shape, batch, Dropout.NONE)::loss))
        .toList();
  }

  /** Small numbers; scales at one; items' biases at what popularity alone foretells. */
  @Override
  public double[] start(int[] counts, RandomGenerator random) {
    double[] start = new double[layout.size()];
    double deviation = Math.sqrt(1.0 / shape.dimension());
    for (int block = 0; block < shape.blocks(); block++) {
      for (BlockPart part : BlockPart.values()) {
        int matrix = SasrecShape.index(block, part);
        if (part.isScale()) {
          fill(start, layout, matrix, 1);
        } else if (layout.matrices().get(matrix).rows() > 1) {
          gaussians(start, layout, matrix, deviation, random);
        }
      }
    }
    fill(start, layout, shape.index(Rest.FINAL_SCALE), 1);
    for (Rest part : List.of(Rest.START, Rest.POSITIONS, Rest.ITEMS)) {
      gaussians(start, layout, shape.index(part), DEVIATION, random);
    }
    long likes = Arrays.stream(counts).asLongStream().sum();
    int bias = layout.offset(shape.index(Rest.ITEM_BIAS));
    for (int item = 0; item < counts.length; item++) {
      start[bias + item] = Math.log((double) counts[item] / likes);
    }
    return start;
  }

  private static void fill(double[] values, ParameterLayout layout, int matrix, double with) {
    Arrays.fill(values, layout.offset(matrix), layout.offset(matrix + 1), with);
  }

  private static void gaussians(
      double[] values,
      ParameterLayout layout,
      int matrix,
      double deviation,
      RandomGenerator random) {
    for (int i = layout.offset(matrix); i < layout.offset(matrix + 1); i++) {
      values[i] = deviation * random.nextGaussian();
    }
  }
}
