package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.Erasure.Subject;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys of views as the text by which Flink partitions: the values of the join keys in the order of
 * their names, with a character between them that no id may hold.
 */
public final class ViewKeys implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final char SEPARATOR = '\u0001';

  /** Fields that every event has. */
  private static final List<String> OF_EVENTS = List.of("domain", "item_id", "user_id");

  private final String[] joinKeys;

  private ViewKeys(List<String> joinKeys) {
    this.joinKeys = joinKeys.stream().sorted().toArray(String[]::new);
  }

  public static ViewKeys of(List<String> joinKeys) {
    return new ViewKeys(joinKeys);
  }

  /**
   * @throws IllegalArgumentException if an event may lack one of the join keys
   */
  public static ViewKeys ofEvents(List<String> joinKeys) {
    for (String joinKey : joinKeys) {
      if (!OF_EVENTS.contains(joinKey)) {
        throw new IllegalArgumentException(
            "views of events must be keyed by some of " + OF_EVENTS + ", has join key " + joinKey);
      }
    }
    return new ViewKeys(joinKeys);
  }

  /** The partition key of an event. */
  public String textOf(Event event) {
    if (joinKeys.length == 1) {
      return value(joinKeys[0], event);
    }
    StringBuilder text = new StringBuilder(48);
    for (int i = 0; i < joinKeys.length; i++) {
      if (i > 0) {
        text.append(SEPARATOR);
      }
      text.append(value(joinKeys[i], event));
    }
    return text.toString();
  }

  private static String value(String joinKey, Event event) {
    return switch (joinKey) {
      case "user_id" -> event.userId().value();
      case "item_id" -> event.itemId().value();
      default -> event.domain().value();
    };
  }

  /** The partition key of values, given in the order of the names of their join keys. */
  public String join(String first, String second) {
    return first + SEPARATOR + second;
  }

  /**
   * The keys that an erasure concerns: of a user, or of a user in each domain; of an item. Keys of
   * users and items together can't be listed, they empty by themselves.
   */
  public List<String> erased(Erasure erasure, Collection<DomainId> domains) {
    List<String> own = List.of(erasure.subject() == Subject.USER ? "user_id" : "item_id");
    List<String> keys = List.of(joinKeys);
    if (keys.equals(own)) {
      return List.of(erasure.id());
    }
    return keys.equals(List.of("domain", own.get(0)))
        ? domains.stream().map(domain -> join(domain.value(), erasure.id())).toList()
        : List.of();
  }

  /** Whether the key is of an anonymous session, alone or with others. */
  public boolean isOfSession(String text) {
    return List.of(joinKeys).contains("user_id") && UserId.isSession(valueOf("user_id", text));
  }

  /** The value of a join key. */
  public String valueOf(String joinKey, String text) {
    int start = 0;
    for (String each : joinKeys) {
      int end = text.indexOf(SEPARATOR, start);
      if (each.equals(joinKey)) {
        return end < 0 ? text.substring(start) : text.substring(start, end);
      }
      start = end + 1;
    }
    throw new IllegalArgumentException(
        "join key must be one of " + List.of(joinKeys) + ", was " + joinKey);
  }

  /** The key of the view's rows. */
  public EntityKey keyOf(String text) {
    Map<String, String> values = new HashMap<>();
    for (String joinKey : joinKeys) {
      values.put(joinKey, valueOf(joinKey, text));
    }
    return EntityKey.of(values);
  }
}
