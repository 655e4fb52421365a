package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.projection.Projection;
import dev.thaw.vectorindex.VectorIndex;
import org.jspecify.annotations.Nullable;

/** Rows of items from their content and attributes. */
final class ProjectedRows {
  private final @Nullable Projection projection;
  private final @Nullable VectorIndex content;

  ProjectedRows(@Nullable Projection projection, @Nullable VectorIndex content) {
    this.projection = projection;
    this.content = content;
  }

  /**
   * @param vector [q; b], of length d + 1
   * @param complete false while the item's content vector may still come
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(float[] vector, boolean complete) {}

  /**
   * Null without a projection.
   *
   * @throws dev.thaw.vectorindex.VectorIndexException if the content index can't be read
   */
  @Nullable Row of(CatalogueItem item) {
    if (projection == null) {
      return null;
    }
    Embedding vector = content == null ? null : content.get(item.itemId()).orElse(null);
    return new Row(
        projection.project(item, vector), vector != null || projection.contentSpace().isEmpty());
  }
}
