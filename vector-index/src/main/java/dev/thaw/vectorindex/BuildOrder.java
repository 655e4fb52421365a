package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The order in which items are best written into a new index.
 *
 * <p>An HNSW index (Malkov and Yashunin, TPAMI 2018) that is built in segments merges their graphs
 * into the largest one. Where items come sorted by popularity, the lengths of their factor vectors
 * fall from segment to segment, and by inner product everybody's neighbours are in the first: the
 * merged graph leads to fewer of them. 100,000 factor vectors in five segments had a recall at 10
 * of 0.87 sorted by popularity and of 0.998 scattered; unit vectors don't care.
 */
public final class BuildOrder {
  private static final int GOLDEN = 0x9E3779B9;

  private BuildOrder() {}

  /** The same items in an order that has nothing to do with the given one, always the same. */
  public static <T> List<T> scattered(Collection<T> items, Function<T, ItemId> id) {
    List<T> scattered = new ArrayList<>(items);
    scattered.sort(Comparator.comparingInt((T item) -> place(id.apply(item))).thenComparing(id));
    return scattered;
  }

  /** Numbers at the end of ids reach the upper bits, by which numbers are ordered. */
  private static int place(ItemId id) {
    int mixed = id.hashCode() * GOLDEN;
    return (mixed ^ mixed >>> 15) * GOLDEN;
  }
}
