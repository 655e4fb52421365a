package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.vectorindex.IndexedItem;
import org.jspecify.annotations.Nullable;

/**
 * What an index should hold of an item.
 *
 * @param cold as item-statistics counts; an item it never saw is cold
 * @param vector null where none is stored in the space of the index
 * @param indexed false where the content was encoded and has no vector, so that no index holds it
 */
record Wanted(CatalogueItem item, boolean cold, @Nullable Embedding vector, boolean indexed) {

  /** With the vector it should have. */
  IndexedItem with(Embedding known) {
    return new IndexedItem(item.itemId(), item.domain(), cold, item.available(), known);
  }
}
