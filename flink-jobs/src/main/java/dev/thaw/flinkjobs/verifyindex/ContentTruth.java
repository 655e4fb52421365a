package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.vectorindex.VectorIndex;
import java.util.ArrayList;
import java.util.List;

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
  public List<Wanted> wanted(List<CatalogueItem> items) {
    List<ItemRows.Rows> rows = store.of(items);
    List<Wanted> wanted = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      ItemRows.Rows row = rows.get(i);
      wanted.add(
          new Wanted(
              items.get(i),
              row.cold(),
              row.vector(index.space()).orElse(null),
              !row.isWithoutVector()));
    }
    return wanted;
  }
}
