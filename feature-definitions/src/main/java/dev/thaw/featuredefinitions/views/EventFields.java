package dev.thaw.featuredefinitions.views;

import java.util.List;
import java.util.Map;

/** The fields of an event that rolling features can read, with the types their values may have. */
final class EventFields {
  static final String ITEM_VECTOR = "item.vector";
  static final String ITEM_SPACE = "item.space";
  static final String TYPE = "type";
  static final String DOMAIN = "domain";

  /** Join keys that an event carries, so that rolling views can be keyed by them. */
  static final List<String> KEYS = List.of("user_id", "item_id", DOMAIN);

  private static final String CONTEXT = "context.";

  /** Context values are text; those that are numbers count as such where a number is asked for. */
  private static final List<ValueType> CONTEXT_TYPES = List.of(ValueType.STRING, ValueType.DOUBLE);

  private static final Map<String, List<ValueType>> TYPES =
      Map.ofEntries(
          Map.entry("event_id", List.of(ValueType.STRING)),
          Map.entry("user_id", List.of(ValueType.STRING)),
          Map.entry("item_id", List.of(ValueType.STRING)),
          Map.entry(DOMAIN, List.of(ValueType.STRING)),
          Map.entry(TYPE, List.of(ValueType.STRING)),
          Map.entry("request_id", List.of(ValueType.STRING)),
          Map.entry("value", List.of(ValueType.DOUBLE)),
          Map.entry("slot", List.of(ValueType.INT64, ValueType.DOUBLE)),
          Map.entry("propensity", List.of(ValueType.DOUBLE)),
          Map.entry("time", List.of(ValueType.UNIX_TIMESTAMP)),
          Map.entry(ITEM_VECTOR, List.of(ValueType.FLOAT_LIST)),
          Map.entry(ITEM_SPACE, List.of(ValueType.STRING)));

  private EventFields() {}

  /** Empty for fields that events don't have. */
  static List<ValueType> typesOf(String field) {
    return field.startsWith(CONTEXT) && field.length() > CONTEXT.length()
        ? CONTEXT_TYPES
        : TYPES.getOrDefault(field, List.of());
  }

  /** For messages. */
  static String known() {
    return "one of "
        + String.join(", ", TYPES.keySet().stream().sorted().toList())
        + " or context.<name>";
  }
}
