package dev.thaw.serving.api;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param user who asks; {@code session:<id>} for an anonymous session
 * @param k items wanted
 * @param context circumstances, also attributes of a user without profile: {@code device -> phone}
 * @param exclude never these
 * @param categories only items of one of these, if there are any
 * @param deadline for the whole answer; null for the configured one
 * @param explain whether every item says why it is there
 */
public record RecommendationRequest(
    UserId user,
    DomainId domain,
    int k,
    Map<String, String> context,
    List<ItemId> exclude,
    List<String> categories,
    @Nullable Duration deadline,
    boolean explain) {
  public RecommendationRequest {
    context = Map.copyOf(context);
    exclude = List.copyOf(exclude);
    categories = List.copyOf(categories);
  }
}
