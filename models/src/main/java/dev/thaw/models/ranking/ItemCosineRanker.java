package dev.thaw.models.ranking;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.Arrays;

/**
 * Sum of cosines between the history's items and their nearest items by common users: {@code cos(i,
 * j) = c_ij / sqrt(c_i c_j)}. Sarwar et al., WWW 2001. Thread-safe.
 */
public final class ItemCosineRanker implements Ranker {
  private final ItemDictionary items;
  private final int[][] neighbours;
  private final float[][] cosines;

  private ItemCosineRanker(ItemDictionary items, int[][] neighbours, float[][] cosines) {
    this.items = items;
    this.neighbours = neighbours;
    this.cosines = cosines;
  }

  /**
   * @param positives interactions that the user liked
   * @param neighbours kept per item, at least 1
   */
  public static ItemCosineRanker fit(Interactions positives, int neighbours) {
    if (neighbours < 1) {
      throw new IllegalArgumentException("neighbours must be >= 1, was " + neighbours);
    }
    CoOccurrences pairs = new CoOccurrences(positives);
    int size = positives.items().size();
    int[][] nearest = new int[size][];
    float[][] cosines = new float[size][];
    int[] both = new int[size];
    float[] cosine = new float[size];
    for (int item = 0; item < size; item++) {
      int self = item;
      pairs.with(item, both);
      for (int other = 0; other < size; other++) {
        cosine[other] =
            both[other] == 0
                ? 0
                : (float)
                    (both[other] / Math.sqrt((double) pairs.count(item) * pairs.count(other)));
      }
      nearest[item] = TopItems.of(cosine, neighbours, other -> other != self && cosine[other] > 0);
      cosines[item] = new float[nearest[item].length];
      for (int at = 0; at < nearest[item].length; at++) {
        cosines[item][at] = cosine[nearest[item][at]];
      }
    }
    return new ItemCosineRanker(positives.items(), nearest, cosines);
  }

  @Override
  public String name() {
    return "item-cosine";
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  /** Every item of the history counts as liked. */
  @Override
  public void score(History history, float[] out) {
    Arrays.fill(out, 0);
    for (History.Entry entry : history.entries()) {
      int liked = items.indexOf(entry.item());
      if (liked < 0) {
        continue;
      }
      for (int at = 0; at < neighbours[liked].length; at++) {
        out[neighbours[liked][at]] += cosines[liked][at];
      }
    }
  }
}
