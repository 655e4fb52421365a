package dev.thaw.featuredefinitions.online;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Read your writes: what a user has just interacted with, appended by the server that accepted the
 * event before it answers, so that any replica leaves the item out. Kept beside the Feast views,
 * never in them. Bounded per user: the newest win. Thread-safe.
 */
public interface RecentItems extends AutoCloseable {

  /** One interaction, by wall-clock time of acceptance. */
  record Recent(UserId user, ItemId item, Instant acceptedAt) {}

  /** Appends a batch in one round trip. */
  void append(List<Recent> recents);

  /** The user's recent items, newest first. */
  Set<ItemId> of(UserId user);

  /** Forgets a user. */
  void delete(UserId user);

  @Override
  void close();
}
