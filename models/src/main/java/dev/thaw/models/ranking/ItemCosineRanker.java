package dev.thaw.models.ranking;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;

/** Sum of cosines between the history's items and their nearest items by common users. */
public final class ItemCosineRanker implements Ranker {
  private ItemCosineRanker() {}

  /**
   * @param positives interactions that the user liked
   * @param neighbours kept per item
   */
  public static ItemCosineRanker fit(Interactions positives, int neighbours) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public String name() {
    return "item-cosine";
  }

  @Override
  public ItemDictionary items() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public void score(History history, float[] out) {
    throw new UnsupportedOperationException("not yet");
  }
}
