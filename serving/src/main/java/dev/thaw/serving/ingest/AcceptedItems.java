package dev.thaw.serving.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What this server accepted of its last users: read your writes even while the store is away.
 * Bounded in users and in items per user, the newest stay. Thread-safe.
 */
public final class AcceptedItems {
  private static final int MAX_USERS = 20_000;
  private static final int MAX_ITEMS = 50;

  private final Cache<UserId, Set<ItemId>> byUser =
      Caffeine.newBuilder().maximumSize(MAX_USERS).build();

  void add(UserId user, ItemId item) {
    byUser
        .asMap()
        .compute(
            user,
            (id, known) -> {
              Set<ItemId> next = known == null ? new LinkedHashSet<>() : new LinkedHashSet<>(known);
              next.remove(item);
              next.add(item);
              if (next.size() > MAX_ITEMS) {
                next.remove(new ArrayList<>(next).get(0));
              }
              return next;
            });
  }

  /** The user's items; not to be changed. */
  public Set<ItemId> of(UserId user) {
    Set<ItemId> items = byUser.getIfPresent(user);
    return items == null ? Set.of() : items;
  }

  void forget(UserId user) {
    byUser.invalidate(user);
  }
}
