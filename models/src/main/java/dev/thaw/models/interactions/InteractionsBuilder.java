package dev.thaw.models.interactions;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.Opinion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gathers (user, item, strength, time) in any order. Of several entries of one user and item stays
 * what {@link Opinion} says. Not thread-safe.
 */
public final class InteractionsBuilder {
  private final DomainId domain;
  private final TreeMap<UserId, Map<ItemId, Opinion>> rows = new TreeMap<>();

  /** Each item by itself: rows share one object of an item, whichever record it came with. */
  private final Map<ItemId, ItemId> items = new HashMap<>();

  InteractionsBuilder(DomainId domain) {
    this.domain = domain;
  }

  /** An interaction without a time. */
  public InteractionsBuilder add(UserId user, ItemId item, double strength) {
    return add(user, item, strength, Interactions.UNTIMED);
  }

  /** A rating, or one of several interactions of equal standing. */
  public InteractionsBuilder add(UserId user, ItemId item, double strength, long timeMillis) {
    return add(user, item, Opinion.of(strength, true, timeMillis));
  }

  /**
   * @throws IllegalArgumentException if the strength is not finite
   */
  public InteractionsBuilder add(UserId user, ItemId item, Opinion opinion) {
    if (!Double.isFinite(opinion.strength())) {
      throw new IllegalArgumentException(
          "strength must be finite, was "
              + opinion.strength()
              + " of user "
              + user
              + " and item "
              + item);
    }
    ItemId shared = items.computeIfAbsent(item, same -> same);
    rows.computeIfAbsent(user, u -> new HashMap<>()).merge(shared, opinion, Opinion::merge);
    return this;
  }

  /** An item of the catalogue, with or without interactions. */
  public InteractionsBuilder addItem(ItemId item) {
    items.putIfAbsent(item, item);
    return this;
  }

  /** A user with a number, with or without interactions. */
  public InteractionsBuilder addUser(UserId user) {
    rows.computeIfAbsent(user, u -> new HashMap<>());
    return this;
  }

  /**
   * Drops what was said no later than the erasure of its user or item, as if it had never been
   * added.
   *
   * @param users epoch milliseconds of erasures
   * @param erased likewise, of items
   */
  public InteractionsBuilder forget(Map<UserId, Long> users, Map<ItemId, Long> erased) {
    rows.forEach(
        (user, row) ->
            row.entrySet()
                .removeIf(
                    cell ->
                        isErased(cell.getValue(), users.get(user))
                            || isErased(cell.getValue(), erased.get(cell.getKey()))));
    rows.values().removeIf(Map::isEmpty);
    Set<ItemId> left = new HashSet<>();
    rows.values().forEach(row -> left.addAll(row.keySet()));
    items.keySet().removeIf(item -> erased.containsKey(item) && !left.contains(item));
    return this;
  }

  private static boolean isErased(Opinion opinion, @Nullable Long erasedAt) {
    return erasedAt != null && opinion.saidAt() <= erasedAt;
  }

  public Interactions build() {
    ItemDictionary dictionary = ItemDictionary.of(items.keySet());
    List<UserId> users = List.copyOf(rows.keySet());
    int size = rows.values().stream().mapToInt(Map::size).sum();
    int[] start = new int[users.size() + 1];
    int[] item = new int[size];
    float[] strength = new float[size];
    long[] time = new long[size];
    int n = 0;
    int u = 0;
    for (Map<ItemId, Opinion> row : rows.values()) {
      for (Map.Entry<ItemId, Opinion> cell : new TreeMap<>(row).entrySet()) {
        item[n] = dictionary.indexOf(cell.getKey());
        strength[n] = (float) cell.getValue().strength();
        time[n++] = cell.getValue().timeMillis();
      }
      start[++u] = n;
    }
    return new Interactions(domain, users, dictionary, start, item, strength, time);
  }
}
