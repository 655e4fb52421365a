package dev.thaw.featuredefinitions.online;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Read your writes: what a user has just interacted with, appended by the server that accepted the
 * event before it answers, so that any replica leaves the item out. Kept beside the Feast views,
 * never in them. Bounded per user: the newest win. Thread-safe.
 */
public interface RecentItems extends AutoCloseable {

  /**
   * One interaction.
   *
   * @param acceptedAt by wall clock; to the millisecond
   * @param positive whether it says that the user likes the item, by {@code domains.yaml}
   */
  record Recent(UserId user, ItemId item, Instant acceptedAt, boolean positive) {}

  /**
   * What is kept.
   *
   * @param perUser newest items of a user, at least 1
   * @param timeToLive how long after acceptance
   */
  record Bounds(int perUser, Duration timeToLive) {
    public static final Bounds DEFAULT = new Bounds(1_000, Duration.ofDays(30));

    public Bounds {
      if (perUser < 1) {
        throw new IllegalArgumentException("items per user must be at least 1, was " + perUser);
      }
      if (timeToLive.isZero() || timeToLive.isNegative()) {
        throw new IllegalArgumentException("time to live must be positive, was " + timeToLive);
      }
    }
  }

  /** Appends a batch in one round trip. */
  void append(List<Recent> recents);

  /**
   * The user's recent items, each once, newest first. Of an item accepted twice the newest counts,
   * and of two accepted in the same millisecond a positive one.
   */
  List<Recent> of(UserId user);

  /** Forgets a user. */
  void delete(UserId user);

  @Override
  void close();
}
