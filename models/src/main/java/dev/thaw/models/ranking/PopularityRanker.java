package dev.thaw.models.ranking;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;

/** The same order for everyone: number of interactions. */
public final class PopularityRanker implements Ranker {
  private final ItemDictionary items;
  private final float[] counts;

  private PopularityRanker(ItemDictionary items, float[] counts) {
    this.items = items;
    this.counts = counts;
  }

  public static PopularityRanker fit(Interactions positives) {
    float[] counts = new float[positives.items().size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = positives.columnLength(i);
    }
    return new PopularityRanker(positives.items(), counts);
  }

  @Override
  public String name() {
    return "popularity";
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  @Override
  public void score(History history, float[] out) {
    System.arraycopy(counts, 0, out, 0, counts.length);
  }
}
