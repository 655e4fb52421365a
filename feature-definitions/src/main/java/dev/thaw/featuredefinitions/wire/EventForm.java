package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One {@link Event}; see {@code schema/event.json}. */
record EventForm(DomainDefinitions domains, WireLimits limits) implements RecordForm<Event> {
  private static final FieldNames FIELDS =
      FieldNames.of(
          "event_id",
          "user_id",
          "item_id",
          "domain",
          "type",
          "value",
          "time",
          "context",
          "request_id",
          "slot",
          "propensity");

  @Override
  public Event read(JsonCursor in) throws IOException {
    EventId eventId = null;
    UserId userId = null;
    ItemId itemId = null;
    DomainDefinition domain = null;
    EventType type = null;
    Double value = null;
    Instant time = null;
    Map<String, String> context = Map.of();
    RequestId requestId = null;
    Integer slot = null;
    Double propensity = null;
    while (in.next(FIELDS)) {
      switch (in.name()) {
        case "event_id" -> eventId = EventId.of(in.text());
        case "user_id" -> userId = UserId.of(in.text());
        case "item_id" -> itemId = ItemId.of(in.text());
        case "domain" -> domain = DomainField.read(in, domains);
        case "type" -> type = type(in);
        case "value" -> value = in.number();
        case "time" -> time = in.time(limits.maxFutureSkew());
        case "context" -> context = Contexts.read(in);
        case "request_id" -> requestId = RequestId.of(in.text());
        case "slot" -> slot = (int) in.integer(0, Integer.MAX_VALUE);
        default -> propensity = Propensities.read(in);
      }
    }
    EventType knownType = in.require("type", type);
    DomainDefinition knownDomain = in.require("domain", domain);
    checkValue(in, knownType, knownDomain, value);
    if (slot != null && requestId == null) {
      throw in.fault("slot", slot, "needs the request_id it belongs to");
    }
    if (propensity != null && slot == null) {
      throw in.fault("propensity", propensity, "needs the slot it belongs to");
    }
    return new Event(
        in.require("event_id", eventId),
        in.require("user_id", userId),
        in.require("item_id", itemId),
        knownDomain.name(),
        knownType,
        value,
        in.require("time", time),
        context,
        requestId,
        slot,
        propensity);
  }

  private EventType type(JsonCursor in) throws IOException {
    String name = in.text();
    return domains.eventType(name).orElseThrow(() -> in.fault("type", name, knownTypes()));
  }

  private String knownTypes() {
    return domains.eventTypes().stream()
        .map(EventType::name)
        .collect(Collectors.joining(", ", "must be one of ", ""));
  }

  private static void checkValue(
      JsonCursor in, EventType type, DomainDefinition domain, @Nullable Double value) {
    switch (type.name()) {
      case "rating" -> {
        double rating = in.require("value", value);
        if (!domain.isOnScale(rating)) {
          throw in.fault(
              "value",
              rating,
              "a rating of " + domain.name() + " must be in " + domain.ratingScale());
        }
      }
      case "purchase" -> {
        if (value != null && value < 0) {
          throw in.fault("value", value, "the amount of a purchase must be at least 0");
        }
      }
      case "view", "click", "like", "skip" -> {
        if (value != null) {
          throw in.fault("value", value, "belongs to ratings and purchases, not to a " + type);
        }
      }
      default -> {
        // configured types may carry any finite value
      }
    }
  }

  @Override
  public void write(Event event, JsonGenerator out) throws IOException {
    out.writeStringField("event_id", event.eventId().value());
    out.writeStringField("user_id", event.userId().value());
    out.writeStringField("item_id", event.itemId().value());
    out.writeStringField("domain", event.domain().value());
    out.writeStringField("type", event.type().name());
    Double value = event.value();
    if (value != null) {
      out.writeNumberField("value", value);
    }
    out.writeStringField("time", event.time().toString());
    Fields.texts(out, "context", event.context());
    RequestId requestId = event.requestId();
    if (requestId != null) {
      out.writeStringField("request_id", requestId.value());
    }
    Integer slot = event.slot();
    if (slot != null) {
      out.writeNumberField("slot", slot);
    }
    Double propensity = event.propensity();
    if (propensity != null) {
      out.writeNumberField("propensity", propensity);
    }
  }
}
