package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;

/**
 * Maps the row of a source history straight into the target space: {@code mean + sum over its items
 * of a_i}, the a_i by closed-form ridge from source rows to target vectors, so that nothing is lost
 * in source factors. O(n d). Immutable, thread-safe.
 */
public final class HistoryBridge implements Bridge {
  static final String NAME = "history-ridge";

  private final DomainId source;
  private final DomainId target;
  private final ItemDictionary items;
  private final float[] mean;
  private final float[] weights;
  private final BiasTransfer bias;

  /**
   * @param mean target vector of overlap users
   * @param weights source items x target rank, row after row
   */
  HistoryBridge(
      DomainId source,
      DomainId target,
      ItemDictionary items,
      float[] mean,
      float[] weights,
      BiasTransfer bias) {
    if (weights.length != items.size() * mean.length) {
      throw new IllegalArgumentException(
          "needs " + items.size() + " x " + mean.length + " weights, had " + weights.length);
    }
    this.source = source;
    this.target = target;
    this.items = items;
    this.mean = mean;
    this.weights = weights;
    this.bias = bias;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DomainId source() {
    return source;
  }

  @Override
  public DomainId target() {
    return target;
  }

  @Override
  public UserVector map(History history, FactorModel sourceModel) {
    int rank = mean.length;
    float[] mapped = mean.clone();
    for (History.Entry entry : history.entries()) {
      int item = items.indexOf(entry.item());
      if (item >= 0) {
        for (int t = 0, at = item * rank; t < rank; t++, at++) {
          mapped[t] += weights[at];
        }
      }
    }
    return UserVector.copyOf(mapped, bias.of(sourceModel.biases().userBias(history)));
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeText(source.value()).writeText(target.value());
    items.write(out);
    FloatArrays.write(out, mean);
    FloatArrays.write(out, weights);
    bias.write(out);
  }

  static HistoryBridge read(BinaryReader in) {
    return new HistoryBridge(
        DomainId.of(in.readText()),
        DomainId.of(in.readText()),
        ItemDictionary.read(in),
        FloatArrays.read(in),
        FloatArrays.read(in),
        BiasTransfer.read(in));
  }
}
