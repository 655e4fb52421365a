package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.config.EncoderConfig;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How unit vectors of the parts of an item become its own, of length 1 again.
 *
 * <p>Concatenated: each part times its weight, zeros for a part that is missing. The cosine of two
 * items with all parts is the mean of the parts' cosines, weighted by the squares of the weights;
 * an item without a part is by so much less like one that has it, and not unlike another without
 * it.
 *
 * <p>Averaged: the weighted mean of the parts that are there, which must be of one dimension and
 * say the same in the same directions, as both halves of a CLIP model do. Whichever part is there
 * stands for the item.
 */
final class Combination {
  private final EncoderConfig.Combine how;
  private final double[] weights;
  private final int[] dimensions;
  private final VectorSpace space;

  /**
   * @param parts in a fixed order
   * @param weights as many, above 0
   */
  Combination(EncoderConfig.Combine how, List<VectorSpace> parts, double... weights) {
    this.how = how;
    this.weights = weights.clone();
    this.dimensions = parts.stream().mapToInt(VectorSpace::dimension).toArray();
    String settings = how + " " + parts + " " + Arrays.toString(weights);
    String names =
        String.join("+", parts.stream().map(part -> nameOf(part.modelVersion())).toList());
    this.space =
        new VectorSpace(
            "content",
            ModelVersion.of(names, List.of(), settings),
            dimension(how, parts),
            Metric.COSINE);
  }

  /** Without its hash: that of the whole says as much. */
  private static String nameOf(String version) {
    int hash = version.lastIndexOf('-');
    return hash > 0 ? version.substring(0, hash) : version;
  }

  private static int dimension(EncoderConfig.Combine how, List<VectorSpace> parts) {
    if (how == EncoderConfig.Combine.CONCATENATE) {
      return parts.stream().mapToInt(VectorSpace::dimension).sum();
    }
    int first = parts.get(0).dimension();
    if (parts.stream().anyMatch(part -> part.dimension() != first)) {
      throw new EncoderException(
          "encoder.combine average needs parts of one dimension, are "
              + parts.stream().map(part -> part.modelVersion() + ":" + part.dimension()).toList());
    }
    return first;
  }

  VectorSpace space() {
    return space;
  }

  /** Empty if all parts are, or those that are there cancel out. */
  Optional<Embedding> of(List<Optional<Embedding>> parts) {
    float[] combined = new float[space.dimension()];
    int at = 0;
    for (int p = 0; p < weights.length; p++) {
      Optional<Embedding> part = parts.get(p);
      if (part.isPresent()) {
        Embedding vector = part.get();
        for (int i = 0; i < vector.dimension(); i++) {
          combined[at + i] += (float) (weights[p] * vector.get(i));
        }
      }
      if (how == EncoderConfig.Combine.CONCATENATE) {
        at += dimensions[p];
      }
    }
    for (float value : combined) {
      if (value != 0) {
        UnitVectors.normalise(combined);
        return Optional.of(Embedding.copyOf(space, combined));
      }
    }
    return Optional.empty();
  }
}
