package dev.thaw.serving.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What this server accepted of its last users: read your writes even while the store is away.
 * Bounded in users, in items per user (the newest stay) and in time: what another server removes of
 * a user is forgotten here some minutes after the user's last event at the latest. Thread-safe.
 */
public final class AcceptedItems {
  /** From the last event of the user. */
  public static final Duration KEPT = Duration.ofMinutes(10);

  private static final int MAX_USERS = 20_000;
  private static final int MAX_ITEMS = 50;

  /** Each map is its own lock: copying fifty items for every event costs more than the event. */
  private final Cache<UserId, LinkedHashMap<ItemId, Recent>> byUser;

  /**
   * @param nanoTime monotonic
   */
  public AcceptedItems(LongSupplier nanoTime) {
    this.byUser =
        Caffeine.newBuilder()
            .maximumSize(MAX_USERS)
            .expireAfterWrite(KEPT)
            .ticker(nanoTime::getAsLong)
            .build();
  }

  void add(Recent recent) {
    byUser
        .asMap()
        .compute(
            recent.user(),
            (id, known) -> {
              LinkedHashMap<ItemId, Recent> items = known == null ? new LinkedHashMap<>() : known;
              synchronized (items) {
                items.remove(recent.item());
                items.put(recent.item(), recent);
                if (items.size() > MAX_ITEMS) {
                  items.remove(items.keySet().iterator().next());
                }
              }
              return items;
            });
  }

  /** The user's items as they are now, each once, newest first. */
  public List<Recent> of(UserId user) {
    LinkedHashMap<ItemId, Recent> items = byUser.getIfPresent(user);
    if (items == null) {
      return List.of();
    }
    synchronized (items) {
      List<Recent> newestFirst = new ArrayList<>(items.values());
      Collections.reverse(newestFirst);
      return newestFirst;
    }
  }

  void forget(UserId user) {
    byUser.invalidate(user);
  }
}
