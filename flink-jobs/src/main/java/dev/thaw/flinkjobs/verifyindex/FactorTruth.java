package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.projection.ItemPlacement;
import dev.thaw.vectorindex.VectorIndex;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A version of a domain's factor space: every item of the domain has its place. That moves with the
 * content of the item, whose vector may have been written since the index was: the vectors need not
 * be equal.
 *
 * @param placement empty where the artefacts are gone, so that nothing can be placed
 * @param content the content vector of an item and its rows in the projection's space, if any
 */
record FactorTruth(
    DomainId domain,
    VectorIndex index,
    ItemRows store,
    Optional<ItemPlacement> placement,
    BiFunction<CatalogueItem, ItemRows.Rows, Optional<Embedding>> content)
    implements Truth {

  @Override
  public boolean covers(CatalogueItem item) {
    return item.domain().equals(domain);
  }

  @Override
  public boolean knowsVectors() {
    return false;
  }

  @Override
  public Wanted wanted(CatalogueItem item, ItemRows.Rows rows) {
    return new Wanted(item, rows.cold(), place(item, rows), true);
  }

  private @Nullable Embedding place(CatalogueItem item, ItemRows.Rows rows) {
    return placement
        .map(
            known ->
                Embedding.copyOf(
                    index.space(), known.place(item, content.apply(item, rows).orElse(null))))
        .orElse(null);
  }
}
