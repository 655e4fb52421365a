package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.projection.Projection;
import dev.thaw.vectorindex.VectorIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
   * One for each item, with one read of the content index; none without a projection.
   *
   * @throws dev.thaw.vectorindex.VectorIndexException if the content index can't be read
   */
  Map<ItemId, Row> of(List<CatalogueItem> items) {
    if (projection == null) {
      return Map.of();
    }
    Map<ItemId, Embedding> vectors =
        content == null
            ? Map.of()
            : content.getAll(items.stream().map(CatalogueItem::itemId).toList());
    Map<ItemId, Row> rows = new HashMap<>();
    for (CatalogueItem item : items) {
      @Nullable Embedding vector = vectors.get(item.itemId());
      rows.put(
          item.itemId(),
          new Row(
              projection.project(item, vector),
              vector != null || projection.contentSpace().isEmpty()));
    }
    return rows;
  }
}
