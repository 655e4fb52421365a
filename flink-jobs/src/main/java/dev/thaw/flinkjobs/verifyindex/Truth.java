package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.vectorindex.VectorIndex;
import java.util.List;
import java.util.stream.IntStream;

/** What one index should hold. */
interface Truth {
  VectorIndex index();

  /** The rows that say what the index should hold. */
  ItemRows store();

  /** Whether items of this record belong into the index. */
  boolean covers(CatalogueItem item);

  /** Whether the vectors of {@link #wanted} are those that were written, to the last digits. */
  boolean knowsVectors();

  /** What the index should hold of an item with these rows. */
  Wanted wanted(CatalogueItem item, ItemRows.Rows rows);

  /** One for each, in their order; one read. */
  default List<Wanted> wanted(List<CatalogueItem> items) {
    List<ItemRows.Rows> rows = store().of(items);
    return IntStream.range(0, items.size())
        .mapToObj(i -> wanted(items.get(i), rows.get(i)))
        .toList();
  }
}
