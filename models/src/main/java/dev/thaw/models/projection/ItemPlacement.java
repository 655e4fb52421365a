package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.factors.FactorModel;
import org.jspecify.annotations.Nullable;

/**
 * Where items stand in a factor space: those that nobody had met in training by projection alone,
 * known ones as {@link PlacedItems} has them. Immutable, thread-safe.
 */
public record ItemPlacement(FactorModel factors, Projection projection) {

  /**
   * @throws IllegalArgumentException naming both ranks or domains if the two don't belong together
   */
  public ItemPlacement {
    if (projection.rank() != factors.rank() || !projection.domain().equals(factors.domain())) {
      throw new IllegalArgumentException(
          "projection of rank "
              + projection.rank()
              + " in "
              + projection.domain()
              + " beside factors of rank "
              + factors.rank()
              + " in "
              + factors.domain());
    }
  }

  /**
   * {@code [q_i; b_i]} of length d + 1. O(features of the item x d).
   *
   * @param content null where there is none
   */
  public float[] place(CatalogueItem item, @Nullable Embedding content) {
    float[] projected = projection.project(item, content);
    float[] placed =
        projection.placed().place(item.itemId(), factors.indexVector(item.itemId()), projected);
    return placed == null ? projected : placed;
  }
}
