package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import org.jspecify.annotations.Nullable;

/** Reads the fields of an event by their wire names. */
final class EventFields {
  static final String ITEM_VECTOR = "item.vector";
  static final String ITEM_SPACE = "item.space";
  private static final String CONTEXT = "context.";

  /** A field as text; null where the event lacks it. */
  interface TextField {
    @Nullable String read(Event event, @Nullable Embedding itemVector);
  }

  /** A field as number; NaN where the event lacks it or it is none. */
  interface NumberField {
    double read(Event event);
  }

  private EventFields() {}

  static TextField text(String field) {
    if (field.startsWith(CONTEXT)) {
      String name = field.substring(CONTEXT.length());
      return (event, vector) -> event.context().get(name);
    }
    return switch (field) {
      case "event_id" -> (event, vector) -> event.eventId().value();
      case "user_id" -> (event, vector) -> event.userId().value();
      case "item_id" -> (event, vector) -> event.itemId().value();
      case "domain" -> (event, vector) -> event.domain().value();
      case "type" -> (event, vector) -> event.type().name();
      case "request_id" ->
          (event, vector) -> event.requestId() == null ? null : event.requestId().value();
      case ITEM_SPACE -> (event, vector) -> vector == null ? null : vector.space().key();
      default -> {
        NumberField number = number(field);
        yield (event, vector) -> {
          double value = number.read(event);
          return Double.isNaN(value) ? null : plain(value);
        };
      }
    };
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * @throws IllegalArgumentException if no event has such a number
   */
  static NumberField number(String field) {
    if (field.startsWith(CONTEXT)) {
      String name = field.substring(CONTEXT.length());
      return event -> parse(event.context().get(name));
    }
    return switch (field) {
      case "value" ->
          event -> {
            Double value = event.value();
            return value == null ? Double.NaN : value;
          };
      case "slot" ->
          event -> {
            Integer slot = event.slot();
            return slot == null ? Double.NaN : slot;
          };
      case "propensity" ->
          event -> {
            Double propensity = event.propensity();
            return propensity == null ? Double.NaN : propensity;
          };
      case "time" -> event -> event.timeMillis();
      default ->
          throw new IllegalArgumentException(
              "field must be event_id, user_id, item_id, domain, type, request_id, value, slot,"
                  + " propensity, time, context.<name>, item.space or item.vector where its kind"
                  + " fits the aggregate, was "
                  + field);
    };
  }

  private static double parse(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 32) {
      return Double.NaN;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && "+-.eE".indexOf(c) < 0) {
        return Double.NaN;
      }
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }
}
