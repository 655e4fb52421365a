package dev.thaw.vectorindex.lucene;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.Set;

/**
 * Whether a document is of an excluded item, for the many that a search meets. Nearly all are not,
 * and one bit of their ids' hash tells so: a search jumps through the segment, and three loads from
 * places that are in no cache (the id, its text, the text's hash) would cost it as much as the
 * comparison of the vectors. Immutable.
 */
final class ExcludedItems {
  private final Set<ItemId> excluded;
  private final SegmentItems items;
  private final long[] hashes;
  private final int mask;

  ExcludedItems(Set<ItemId> excluded, SegmentItems items) {
    this.excluded = excluded;
    this.items = items;
    int words = Math.max(1, Integer.highestOneBit(Math.max(1, excluded.size())) / 2);
    this.hashes = new long[words];
    this.mask = 64 * words - 1;
    for (ItemId each : excluded) {
      int place = SegmentItems.hash(each) & mask;
      hashes[place >>> 6] |= 1L << place;
    }
  }

  boolean isEmpty() {
    return excluded.isEmpty();
  }

  boolean contains(int document) {
    int place = items.hash(document) & mask;
    return (hashes[place >>> 6] & 1L << place) != 0 && excluded.contains(items.id(document));
  }
}
