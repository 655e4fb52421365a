package dev.thaw.featuredefinitions.wire;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Instant;

/**
 * A user or an item was deleted: all that happened up to this time is to be forgotten. It travels
 * between the events, since they are what jobs remember, and stays there for jobs that read them
 * again; event time and not the place in the topic says what came before.
 *
 * @param id of the user or item
 * @param time by the clock of the events
 */
public record Erasure(Subject subject, String id, Instant time) {

  /** What was deleted. */
  public enum Subject {
    USER,
    ITEM
  }

  public static Erasure of(UserId user, Instant time) {
    return new Erasure(Subject.USER, user.value(), time);
  }

  public static Erasure of(ItemId item, Instant time) {
    return new Erasure(Subject.ITEM, item.value(), time);
  }
}
