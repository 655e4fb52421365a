package dev.thaw.models.graph;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.ranking.Ranker;

/**
 * Ranks the target's items for users known in the source alone: {@code n^-1/2 sum over the history
 * of y_j}, times the propagated target items, plus their biases. BiTGCF, Liu et al., CIKM 2020.
 * O((history + target items) d). Immutable, thread-safe.
 */
public final class BiTgcf implements Ranker {
  private final ItemDictionary source;
  private final ItemDictionary target;
  private final int rank;
  private final float[] sourceItems;
  private final float[] targetItems;
  private final float[] biases;

  /**
   * @param sourceItems propagated and normalised by degree, flat
   * @param targetItems propagated, flat
   */
  BiTgcf(
      ItemDictionary source,
      ItemDictionary target,
      int rank,
      float[] sourceItems,
      float[] targetItems,
      float[] biases) {
    if (sourceItems.length != source.size() * rank
        || targetItems.length != target.size() * rank
        || biases.length != target.size()) {
      throw new IllegalArgumentException(
          "needs rank %d of %d and %d items, had %d and %d numbers and %d biases"
              .formatted(
                  rank,
                  source.size(),
                  target.size(),
                  sourceItems.length,
                  targetItems.length,
                  biases.length));
    }
    this.source = source;
    this.target = target;
    this.rank = rank;
    this.sourceItems = sourceItems;
    this.targetItems = targetItems;
    this.biases = biases;
  }

  @Override
  public String name() {
    return "bitgcf";
  }

  /** Of the target. */
  @Override
  public ItemDictionary items() {
    return target;
  }

  /**
   * @param history in the source domain
   */
  @Override
  public void score(History history, float[] out) {
    float[] user = user(history);
    for (int i = 0, at = 0; i < out.length; i++) {
      float sum = biases[i];
      for (int d = 0; d < rank; d++) {
        sum += user[d] * targetItems[at++];
      }
      out[i] = sum;
    }
  }

  private float[] user(History history) {
    float[] user = new float[rank];
    int known = 0;
    for (History.Entry entry : history.entries()) {
      int item = source.indexOf(entry.item());
      if (item >= 0) {
        known++;
        for (int d = 0; d < rank; d++) {
          user[d] += sourceItems[item * rank + d];
        }
      }
    }
    for (int d = 0; d < rank; d++) {
      user[d] /= (float) Math.sqrt(Math.max(1, known));
    }
    return user;
  }

  /** All of it; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    source.write(out);
    target.write(out);
    out.writeCount(rank);
    FloatArrays.write(out, sourceItems);
    FloatArrays.write(out, targetItems);
    FloatArrays.write(out, biases);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static BiTgcf read(BinaryReader in) {
    return new BiTgcf(
        ItemDictionary.read(in),
        ItemDictionary.read(in),
        Math.toIntExact(in.readCount()),
        FloatArrays.read(in),
        FloatArrays.read(in),
        FloatArrays.read(in));
  }
}
