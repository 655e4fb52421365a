package dev.thaw.models.kernel;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.RowProducts;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.function.Function;

/**
 * Items of a domain in a space of one model's own, in which items are ranked for a user by inner
 * product. Items that came after the training, or that nobody it learned from had met, have no
 * place in it. Immutable, thread-safe.
 */
public final class RankingSpace {
  private final ItemDictionary items;
  private final int rank;
  private final float[] vectors;
  private final float[] unbiased;

  /**
   * @param vectors items x rank, row after row
   * @throws IllegalArgumentException unless there are as many numbers as that
   */
  public RankingSpace(ItemDictionary items, int rank, float[] vectors) {
    if (rank < 1 || vectors.length != items.size() * rank) {
      throw new IllegalArgumentException(
          "ranking space needs rank >= 1 and "
              + items.size()
              + " x rank numbers, had rank "
              + rank
              + " and "
              + vectors.length);
    }
    this.items = items;
    this.rank = rank;
    this.vectors = vectors;
    this.unbiased = new float[items.size()];
  }

  /**
   * @param vector of an item, of length rank, zeros where it has no place
   */
  public static RankingSpace of(ItemDictionary items, int rank, Function<ItemId, float[]> vector) {
    float[] vectors = new float[items.size() * rank];
    for (int item = 0; item < items.size(); item++) {
      System.arraycopy(vector.apply(items.get(item)), 0, vectors, item * rank, rank);
    }
    return new RankingSpace(items, rank, vectors);
  }

  public ItemDictionary items() {
    return items;
  }

  public int rank() {
    return rank;
  }

  /** Whether the item, by its number, has a place. O(rank). */
  public boolean knows(int item) {
    for (int at = item * rank; at < (item + 1) * rank; at++) {
      if (vectors[at] != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * O(items x rank).
   *
   * @param user of length rank
   * @param out one score per item, by number
   */
  public void score(float[] user, float[] out) {
    RowProducts.score(user, vectors, unbiased, out);
  }

  /** Of one of the dimensions the components of all items. */
  public float[] column(int dimension) {
    float[] column = new float[items.size()];
    for (int item = 0; item < column.length; item++) {
      column[item] = vectors[item * rank + dimension];
    }
    return column;
  }

  /** All of it; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    items.write(out);
    out.writeCount(rank);
    FloatArrays.write(out, vectors);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static RankingSpace read(BinaryReader in) {
    return new RankingSpace(
        ItemDictionary.read(in), Math.toIntExact(in.readCount()), FloatArrays.read(in));
  }
}
