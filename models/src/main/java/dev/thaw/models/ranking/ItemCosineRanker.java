package dev.thaw.models.ranking;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;

/**
 * Sum of cosines between the history's items and their nearest items by common users, {@code cos(i,
 * j) = c_ij / sqrt(c_i c_j)} (Sarwar et al., WWW 2001), plus a weight times log popularity, which
 * decides where the history says little. O(history * neighbours + items). Immutable, thread-safe.
 */
public final class ItemCosineRanker implements Ranker {
  private final ItemDictionary items;
  private final int[][] neighbours;
  private final float[][] cosines;
  private final float[] logPopularity;
  private final double popularityWeight;

  private ItemCosineRanker(
      ItemDictionary items,
      int[][] neighbours,
      float[][] cosines,
      float[] logPopularity,
      double popularityWeight) {
    this.items = items;
    this.neighbours = neighbours;
    this.cosines = cosines;
    this.logPopularity = logPopularity;
    this.popularityWeight = popularityWeight;
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
    float[] logPopularity = new float[size];
    for (int item = 0; item < size; item++) {
      logPopularity[item] = (float) Math.log1p(pairs.count(item));
    }
    return new ItemCosineRanker(positives.items(), nearest, cosines, logPopularity, 0);
  }

  /**
   * The same neighbours with another weight of log popularity.
   *
   * @param weight at least 0
   */
  public ItemCosineRanker withPopularity(double weight) {
    if (!(weight >= 0)) {
      throw new IllegalArgumentException("popularity weight must be >= 0, was " + weight);
    }
    return new ItemCosineRanker(items, neighbours, cosines, logPopularity, weight);
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
    for (int item = 0; item < out.length; item++) {
      out[item] = (float) (popularityWeight * logPopularity[item]);
    }
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
