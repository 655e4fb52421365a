package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.vectorindex.VectorIndex;

/** A version of the space {@code content}: the vectors of the rows, whatever the domain. */
record ContentTruth(VectorIndex index, ItemRows store) implements Truth {

  @Override
  public boolean covers(CatalogueItem item) {
    return true;
  }

  @Override
  public boolean knowsVectors() {
    return true;
  }

  @Override
  public Wanted wanted(CatalogueItem item, ItemRows.Rows rows) {
    return new Wanted(
        item, rows.cold(), rows.vector(index.space()).orElse(null), !rows.isWithoutVector());
  }
}
