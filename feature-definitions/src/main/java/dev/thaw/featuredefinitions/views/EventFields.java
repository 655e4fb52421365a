package dev.thaw.featuredefinitions.views;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of an event that rolling features can read, with the type of their values. */
final class EventFields {
  /** Join keys that an event carries, so that rolling views can be keyed by them. */
  static final List<String> KEYS = List.of("user_id", "item_id", "domain");

  static final String CONTEXT = "context.";

  private static final Map<String, ValueType> TYPES =
      Map.of(
          "event_id", ValueType.STRING,
          "user_id", ValueType.STRING,
          "item_id", ValueType.STRING,
          "domain", ValueType.STRING,
          "type", ValueType.STRING,
          "request_id", ValueType.STRING,
          "value", ValueType.DOUBLE,
          "propensity", ValueType.DOUBLE,
          "item.vector", ValueType.FLOAT_LIST,
          "item.space", ValueType.STRING);

  private EventFields() {}

  static Optional<ValueType> typeOf(String field) {
    return field.startsWith(CONTEXT) && field.length() > CONTEXT.length()
        ? Optional.of(ValueType.STRING)
        : Optional.ofNullable(TYPES.get(field));
  }

  /** For messages. */
  static String known() {
    return "one of " + TYPES.keySet().stream().sorted().toList() + " or context.<name>";
  }
}
