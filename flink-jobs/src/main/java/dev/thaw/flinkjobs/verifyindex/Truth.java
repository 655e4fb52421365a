package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.vectorindex.VectorIndex;
import java.util.List;

/** What one index should hold. */
interface Truth {
  VectorIndex index();

  /** Whether items of this record belong into the index. */
  boolean covers(CatalogueItem item);

  /** Whether the vectors of {@link #wanted} are those that were written, to the last digits. */
  boolean knowsVectors();

  /** One for each, in their order. */
  List<Wanted> wanted(List<CatalogueItem> items);
}
