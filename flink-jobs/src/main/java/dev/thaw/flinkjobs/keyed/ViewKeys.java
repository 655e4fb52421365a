package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.vocabulary.Event;
import java.io.Serializable;
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

  /** The key of the view's rows. */
  public EntityKey keyOf(String text) {
    Map<String, String> values = new HashMap<>();
    int start = 0;
    for (int i = 0; i < joinKeys.length; i++) {
      int end = i == joinKeys.length - 1 ? text.length() : text.indexOf(SEPARATOR, start);
      values.put(joinKeys[i], text.substring(start, end));
      start = end + 1;
    }
    return EntityKey.of(values);
  }
}
