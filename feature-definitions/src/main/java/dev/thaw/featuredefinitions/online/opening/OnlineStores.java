package dev.thaw.featuredefinitions.online.opening;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.redis.RedisOnlineStore;
import dev.thaw.featuredefinitions.online.redis.RedisRecentItems;
import dev.thaw.featuredefinitions.online.sqlite.SqliteOnlineStore;
import dev.thaw.featuredefinitions.online.sqlite.SqliteRecentItems;
import dev.thaw.featuredefinitions.views.FeatureView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Opens what the configuration names. Several may be open on one location, in one process or more.
 */
public final class OnlineStores {
  private OnlineStores() {}

  /**
   * @param views the views that may be read and written
   * @throws OnlineStoreException if a SQLite file can't be opened; Redis is reached on first use
   */
  public static OnlineStore open(ThawConfig.Store store, List<FeatureView> views) {
    return open(store, OnlineSchema.of(views));
  }

  /**
   * Likewise, for writers of many rows.
   *
   * @param patience for an answer of Redis, where its location doesn't say how long
   */
  public static OnlineStore open(
      ThawConfig.Store store, List<FeatureView> views, Duration patience) {
    return isRedis(store)
        ? RedisOnlineStore.open(store.location(), store.project(), OnlineSchema.of(views), patience)
        : open(store, views);
  }

  /** Likewise, with views that may be declared elsewhere. */
  public static OnlineStore open(ThawConfig.Store store, OnlineSchema schema) {
    return isRedis(store)
        ? RedisOnlineStore.open(store.location(), store.project(), schema)
        : SqliteOnlineStore.open(Path.of(store.location()), store.project(), schema);
  }

  /** Recent items with the default bounds and the system's clock. */
  public static RecentItems openRecentItems(ThawConfig.Store store) {
    return openRecentItems(store, RecentItems.Bounds.DEFAULT, InstantSource.system());
  }

  /**
   * With SQLite in a file of its own beside the features ({@code name.recent}), so that accepting
   * events never waits for a job's batch.
   *
   * @param clock now, against which items grow old
   */
  public static RecentItems openRecentItems(
      ThawConfig.Store store, RecentItems.Bounds bounds, InstantSource clock) {
    return isRedis(store)
        ? RedisRecentItems.open(store.location(), store.project(), bounds, clock)
        : SqliteRecentItems.open(Path.of(store.location() + ".recent"), bounds, clock);
  }

  private static boolean isRedis(ThawConfig.Store store) {
    return switch (store.type()) {
      case "redis" -> true;
      case "sqlite" -> false;
      default ->
          throw new IllegalArgumentException(
              "store.type must be sqlite or redis, was " + store.type());
    };
  }
}
