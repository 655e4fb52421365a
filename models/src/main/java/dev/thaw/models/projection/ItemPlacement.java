package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.gate.ContentGate;
import org.jspecify.annotations.Nullable;

/**
 * Where items stand in a factor space: those the model was not trained on by projection alone,
 * known ones as the gate blends projected and learned. Immutable, thread-safe.
 */
public record ItemPlacement(FactorModel factors, Projection projection, ContentGate gate) {

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
   * @param interactions the item has had, at least 0
   */
  public float[] place(CatalogueItem item, @Nullable Embedding content, long interactions) {
    float[] learned = factors.indexVector(item.itemId());
    float[] projected = projection.project(item, content);
    if (learned == null) {
      return projected;
    }
    float[] blended = new float[learned.length];
    gate.blend(interactions, projected, learned, blended);
    return blended;
  }
}
