package dev.thaw.serving.api;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.serving.explain.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param degraded what the answer had to do without, such as {@code vector-index:open}
 * @param modelVersion the artefact set that scored
 */
public record RecommendationAnswer(
    RequestId requestId,
    List<Item> items,
    RouteTaken route,
    List<String> degraded,
    String modelVersion) {

  /**
   * @param source what proposed the item
   * @param propensity probability of this item in this slot given the slots before it; 1 where the
   *     slot is deterministic
   */
  public record Item(
      ItemId itemId,
      double score,
      String source,
      int slot,
      double propensity,
      @Nullable Explanation explanation) {}

  /**
   * @param stage {@code 0}, {@code 1-2}, {@code 3-19} or {@code 20+}
   * @param method that answered
   * @param reason why this method
   * @param fallbacks methods that would have come first, each with what it lacked
   */
  public record RouteTaken(String stage, String method, String reason, List<String> fallbacks) {}
}
