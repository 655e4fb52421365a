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

  /**
   * Items, each in one row, their flags exactly and their vectors within 1e-6. A difference says
   * also what a read of the item by its id gives, as that may be another row.
   */
  static Guarantee run(VectorIndexes indexes, VectorIndexes reference) {
    VectorIndex index = content(indexes);
    List<String> differences = new ArrayList<>();
    Map<ItemId, IndexedItem> here = items(index, differences);
    Map<ItemId, IndexedItem> there = items(content(reference), differences);
    TreeSet<ItemId> all = new TreeSet<>(here.keySet());
    all.addAll(there.keySet());
    if (there.isEmpty()) {
      differences.add("the uninterrupted run has no item, so this says nothing");
    }
    for (ItemId id : all) {
      IndexedItem item = here.get(id);
      IndexedItem wanted = there.get(id);
      if (item == null || wanted == null) {
        differences.add(
            id + (item == null ? " is missing" : " should not be there") + byId(index, id));
      } else if (!isSame(item, wanted)) {
        differences.add(id + " is " + flags(item) + ", not " + flags(wanted) + byId(index, id));
      }
    }
    return new Guarantee(
        "the index equals that of an uninterrupted run", there.size() + " items", differences);
  }

  /**
   * Items that came and changed under way: there, and to be had or not as was said last. One
   * without any text has no vector and must not be there.
   */
  static Guarantee asSent(VectorIndexes indexes, Map<ItemId, CatalogueItem> sent) {
    VectorIndex index = content(indexes);
    List<String> differences = new ArrayList<>();
    Map<ItemId, IndexedItem> here = items(index, differences);
    sent.forEach(
        (id, item) -> {
          IndexedItem indexed = here.get(id);
          boolean isRight =
              indexed == null
                  ? !hasText(item)
                  : hasText(item) && indexed.available() == item.available();
          if (!isRight) {
            differences.add(
                id
                    + (indexed == null ? " is missing" : " is " + flags(indexed) + " wrongly")
                    + byId(index, id));
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

  private static boolean hasText(CatalogueItem item) {
    return !item.title().isBlank() || !item.description().isBlank() || !item.categories().isEmpty();
  }

  private static VectorIndex content(VectorIndexes indexes) {
    return indexes
        .active(SPACE)
        .orElseThrow(() -> new IllegalStateException("no index " + SPACE + " is active"));
  }

  private static Map<ItemId, IndexedItem> items(VectorIndex index, List<String> differences) {
    Map<ItemId, IndexedItem> items = new TreeMap<>();
    index.forEach(item -> put(items, item, differences));
    return items;
  }

  /**
   * @param differences gets items with more than one row
   */
  static void put(Map<ItemId, IndexedItem> items, IndexedItem item, List<String> differences) {
    IndexedItem other = items.put(item.itemId(), item);
    if (other != null) {
      differences.add(item.itemId() + " has two rows, " + flags(other) + " and " + flags(item));
    }
  }

  private static String byId(VectorIndex index, ItemId id) {
    return index.find(id).map(item -> " (by its id " + flags(item) + ")").orElse(" (also by id)");
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
