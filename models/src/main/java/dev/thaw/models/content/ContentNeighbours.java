package dev.thaw.models.content;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.ranking.Ranker;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code r(u,i) = sum_j sim(i,j) r(u,j) / sum_j sim(i,j)} over the k items of the history nearest
 * to i, by cosine; ranking by the sum of similarities to liked items.
 */
public final class ContentNeighbours implements Ranker {
  private ContentNeighbours() {}

  /**
   * @param vectors of one space; items without one score nothing
   * @param neighbours k
   * @param positive strengths from here on are likes
   */
  public static ContentNeighbours of(
      Map<ItemId, Embedding> vectors, int neighbours, double positive) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public String name() {
    return "content";
  }

  @Override
  public ItemDictionary items() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public void score(History history, float[] out) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Similarity-weighted mean rating; empty if no item of the history is similar. */
  public OptionalDouble rating(History history, ItemId item) {
    throw new UnsupportedOperationException("not yet");
  }
}
