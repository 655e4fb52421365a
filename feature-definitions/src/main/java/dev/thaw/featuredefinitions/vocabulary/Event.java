package dev.thaw.featuredefinitions.vocabulary;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing a user did to one item.
 *
 * @param value rating in the domain's scale, or purchase amount; absent for the other types
 * @param time event time, UTC; never the time of arrival
 * @param context free words about the circumstances, such as {@code device -> phone}
 * @param requestId the answer this event reacts to, if any
 * @param slot the place in that answer, from 0
 * @param propensity the probability with which that answer put the item into that slot, in (0, 1]
 */
public record Event(
    EventId eventId,
    UserId userId,
    ItemId itemId,
    DomainId domain,
    EventType type,
    @Nullable Double value,
    Instant time,
    Map<String, String> context,
    @Nullable RequestId requestId,
    @Nullable Integer slot,
    @Nullable Double propensity) {

  public Event {
    if (value != null && !Double.isFinite(value)) {
      throw new IllegalArgumentException("value must be finite, was " + value);
    }
    if (slot != null && slot < 0) {
      throw new IllegalArgumentException("slot must be >= 0, was " + slot);
    }
    if (propensity != null && !(propensity > 0 && propensity <= 1)) {
      throw new IllegalArgumentException("propensity must be in (0, 1], was " + propensity);
    }
    context = Map.copyOf(context);
  }

  /** An event without value, context or request. */
  public static Event of(
      EventId id, UserId user, ItemId item, DomainId domain, EventType type, Instant time) {
    return new Event(id, user, item, domain, type, null, time, Map.of(), null, null, null);
  }

  public Event withValue(double newValue) {
    return copy(newValue, time, requestId, slot, propensity);
  }

  /** The same event at another time. */
  public Event at(Instant newTime) {
    return copy(value, newTime, requestId, slot, propensity);
  }

  public Event inResponseTo(RequestId request, int atSlot, @Nullable Double withPropensity) {
    return copy(value, time, request, atSlot, withPropensity);
  }

  private Event copy(
      @Nullable Double newValue,
      Instant newTime,
      @Nullable RequestId request,
      @Nullable Integer atSlot,
      @Nullable Double withPropensity) {
    return new Event(
        eventId,
        userId,
        itemId,
        domain,
        type,
        newValue,
        newTime,
        context,
        request,
        atSlot,
        withPropensity);
  }

  public long timeMillis() {
    return time.toEpochMilli();
  }
}
