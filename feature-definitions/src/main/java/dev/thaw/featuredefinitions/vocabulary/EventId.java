package dev.thaw.featuredefinitions.vocabulary;

/** Names one event for ever: a second event with this id is the first one again. */
public record EventId(String value) implements Comparable<EventId> {
  public EventId {
    Ids.check("event_id", value);
  }

  public static EventId of(String value) {
    return new EventId(value);
  }

  @Override
  public int compareTo(EventId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
