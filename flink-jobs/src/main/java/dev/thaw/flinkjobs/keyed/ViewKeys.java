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

  private final String[] joinKeys;

  private ViewKeys(String[] joinKeys) {
    this.joinKeys = joinKeys;
  }

  /**
   * @param joinKeys names of fields that every event has
   * @throws IllegalArgumentException if an event may lack one
   */
  public static ViewKeys of(List<String> joinKeys) {
    List<String> known = List.of("user_id", "item_id", "domain");
    for (String joinKey : joinKeys) {
      if (!known.contains(joinKey)) {
        throw new IllegalArgumentException(
            "a rolling view must be keyed by some of " + known + ", has join key " + joinKey);
      }
    }
    return new ViewKeys(joinKeys.stream().sorted().toArray(String[]::new));
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
