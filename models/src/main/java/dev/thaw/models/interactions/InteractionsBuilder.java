package dev.thaw.models.interactions;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gathers (user, item, strength, time) in any order. Of several entries of one user and item the
 * newest stays, of equally new ones the stronger. Not thread-safe.
 */
public final class InteractionsBuilder {
  private final DomainId domain;
  private final TreeMap<UserId, Map<ItemId, Cell>> rows = new TreeMap<>();
  private final TreeSet<ItemId> items = new TreeSet<>();

  InteractionsBuilder(DomainId domain) {
    this.domain = domain;
  }

  private record Cell(ItemId item, float strength, long time) {}

  /** An interaction without a time. */
  public InteractionsBuilder add(UserId user, ItemId item, double strength) {
    return add(user, item, strength, Interactions.UNTIMED);
  }

  /**
   * @param strength on the domain's rating scale
   * @throws IllegalArgumentException if the strength is not finite
   */
  public InteractionsBuilder add(UserId user, ItemId item, double strength, long timeMillis) {
    if (!Double.isFinite(strength)) {
      throw new IllegalArgumentException(
          "strength must be finite, was " + strength + " of user " + user + " and item " + item);
    }
    items.add(item);
    rows.computeIfAbsent(user, u -> new HashMap<>())
        .merge(
            item,
            new Cell(item, (float) strength, timeMillis),
            (a, b) ->
                a.time != b.time ? (a.time > b.time ? a : b) : a.strength >= b.strength ? a : b);
    return this;
  }

  /** An item of the catalogue, with or without interactions. */
  public InteractionsBuilder addItem(ItemId item) {
    items.add(item);
    return this;
  }

  /**
   * Drops what is not newer than the erasure of its user or item, as if it had never been added.
   *
   * @param users epoch milliseconds of erasures
   * @param erased likewise, of items
   */
  public InteractionsBuilder forget(Map<UserId, Long> users, Map<ItemId, Long> erased) {
    rows.forEach(
        (user, row) ->
            row.values()
                .removeIf(
                    cell ->
                        isErased(cell, users.get(user)) || isErased(cell, erased.get(cell.item))));
    rows.values().removeIf(Map::isEmpty);
    Set<ItemId> left = new HashSet<>();
    rows.values().forEach(row -> left.addAll(row.keySet()));
    items.removeIf(item -> erased.containsKey(item) && !left.contains(item));
    return this;
  }

  private static boolean isErased(Cell cell, @Nullable Long erasedAt) {
    return erasedAt != null && cell.time <= erasedAt;
  }

  public Interactions build() {
    ItemDictionary dictionary = ItemDictionary.of(items);
    List<UserId> users = List.copyOf(rows.keySet());
    int size = rows.values().stream().mapToInt(Map::size).sum();
    int[] start = new int[users.size() + 1];
    int[] item = new int[size];
    float[] strength = new float[size];
    long[] time = new long[size];
    int n = 0;
    int u = 0;
    for (Map<ItemId, Cell> row : rows.values()) {
      List<Cell> cells = new ArrayList<>(row.values());
      cells.sort(Comparator.comparing(Cell::item));
      for (Cell cell : cells) {
        item[n] = dictionary.indexOf(cell.item);
        strength[n] = cell.strength;
        time[n++] = cell.time;
      }
      start[++u] = n;
    }
    return new Interactions(domain, users, dictionary, start, item, strength, time);
  }
}
