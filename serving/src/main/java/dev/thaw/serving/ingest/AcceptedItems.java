package dev.thaw.serving.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What this server accepted of its last users: read your writes even while the store is away.
 * Bounded in users and in items per user, the newest stay. Thread-safe.
 */
public final class AcceptedItems {
  private static final int MAX_USERS = 20_000;
  private static final int MAX_ITEMS = 50;

  /** Each set is its own lock: copying fifty items for every event costs more than the event. */
  private final Cache<UserId, LinkedHashSet<ItemId>> byUser =
      Caffeine.newBuilder().maximumSize(MAX_USERS).build();

  void add(UserId user, ItemId item) {
    byUser
        .asMap()
        .compute(
            user,
            (id, known) -> {
              LinkedHashSet<ItemId> items = known == null ? new LinkedHashSet<>() : known;
              synchronized (items) {
                items.remove(item);
                items.add(item);
                if (items.size() > MAX_ITEMS) {
                  items.remove(items.iterator().next());
                }
              }
              return items;
            });
  }

  /** The user's items as they are now, oldest first. */
  public Set<ItemId> of(UserId user) {
    LinkedHashSet<ItemId> items = byUser.getIfPresent(user);
    if (items == null) {
      return Set.of();
    }
    synchronized (items) {
      return new LinkedHashSet<>(items);
    }
  }

  void forget(UserId user) {
    byUser.invalidate(user);
  }
}
