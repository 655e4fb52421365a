package dev.thaw.serving.api;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.List;

/**
 * @param source {@code content}, or {@code popularity} where the item has no vector or the index is
 *     away
 */
public record SimilarAnswer(
    ItemId itemId, List<Similar> items, String source, List<String> degraded) {
  public record Similar(ItemId itemId, String title, double similarity) {}
}
