package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What two indexes hold in one space beside each other. */
final class IndexComparison {
  private static final String SPACE = "content";

  private IndexComparison() {}

  /** Items, their flags exactly and their vectors within 1e-6. */
  static Guarantee run(VectorIndexes indexes, VectorIndexes reference) {
    Map<ItemId, IndexedItem> here = items(indexes);
    Map<ItemId, IndexedItem> there = items(reference);
    TreeSet<ItemId> all = new TreeSet<>(here.keySet());
    all.addAll(there.keySet());
    List<String> differences = new ArrayList<>();
    if (there.isEmpty()) {
      differences.add("the uninterrupted run has no item, so this says nothing");
    }
    for (ItemId id : all) {
      IndexedItem item = here.get(id);
      IndexedItem wanted = there.get(id);
      if (item == null || wanted == null) {
        differences.add(id + (item == null ? " is missing" : " should not be there"));
      } else if (!isSame(item, wanted)) {
        differences.add(id + " is " + flags(item) + ", not " + flags(wanted));
      }
    }
    return new Guarantee(
        "the index equals that of an uninterrupted run", there.size() + " items", differences);
  }

  /** Items that came and changed under way: there, and to be had or not as was said last. */
  static Guarantee asSent(VectorIndexes indexes, Map<ItemId, CatalogueItem> sent) {
    Map<ItemId, IndexedItem> here = items(indexes);
    List<String> differences = new ArrayList<>();
    sent.forEach(
        (id, item) -> {
          IndexedItem indexed = here.get(id);
          if (indexed == null || indexed.available() != item.available()) {
            differences.add(
                id + (indexed == null ? " is missing" : " is " + flags(indexed) + " wrongly"));
          }
        });
    if (sent.isEmpty()) {
      differences.add("no item was sent, so this says nothing");
    }
    return new Guarantee(
        "items that came and changed under way are in the index",
        sent.size() + " items",
        differences);
  }

  private static Map<ItemId, IndexedItem> items(VectorIndexes indexes) {
    Map<ItemId, IndexedItem> items = new TreeMap<>();
    VectorIndex content =
        indexes
            .active(SPACE)
            .orElseThrow(() -> new IllegalStateException("no index " + SPACE + " is active"));
    content.forEach(item -> items.put(item.itemId(), item));
    return items;
  }

  private static boolean isSame(IndexedItem item, IndexedItem wanted) {
    return item.domain().equals(wanted.domain())
        && item.cold() == wanted.cold()
        && item.available() == wanted.available()
        && ValueDifference.areNear(item.embedding().toArray(), wanted.embedding().toArray());
  }

  private static String flags(IndexedItem item) {
    return item.domain()
        + (item.cold() ? ", cold" : ", warm")
        + (item.available() ? ", available" : ", unavailable")
        + ", vector "
        + Arrays.hashCode(item.embedding().toArray());
  }
}
