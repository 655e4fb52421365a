package dev.thaw.evaluation.compare;

import dev.thaw.featuredefinitions.wire.Rejection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One list as it is read, its rows in any order. */
final class ListBuilder {
  /** Longer lists say nothing more. */
  static final int LONGEST = 1_000;

  private final Set<Integer> unasked;
  private final Map<Integer, Integer> places = new TreeMap<>();
  private final Set<Integer> items = new HashSet<>();
  private int last;

  /**
   * @param unasked numbers of the items that are not ranked, as they may be given
   */
  ListBuilder(Set<Integer> unasked) {
    this.unasked = unasked;
  }

  /**
   * @param rank in [1, {@value #LONGEST}]
   * @return why the item can't stand there; its place counts as a miss then
   */
  Optional<Rejection> put(int rank, int item, String name) {
    if (places.containsKey(rank)) {
      return Optional.of(
          new Rejection("rank", "" + rank, "must be another for each row of a user and k"));
    }
    last = Math.max(last, rank);
    if (unasked.contains(item)) {
      return Optional.of(
          new Rejection(
              "item",
              name,
              "must be none of the items given of this user at this k, or that the split fixes"));
    }
    if (!items.add(item)) {
      return Optional.of(new Rejection("item", name, "must stand once in a list"));
    }
    places.put(rank, item);
    return Optional.empty();
  }

  /** A place whose item can't be used. */
  void miss(int rank) {
    last = Math.max(last, rank);
  }

  int[] build() {
    int[] list = new int[last];
    Arrays.fill(list, TopLists.MISS);
    places.forEach((rank, item) -> list[rank - 1] = item);
    return list;
  }
}
