package dev.thaw.flinkjobs;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of tests, at offsets from one instant. */
public final class TestEvents {
  public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  public static final DomainId MOVIES = DomainId.of("movies");
  public static final DomainId BOOKS = DomainId.of("books");

  private TestEvents() {}

  public static Instant at(Duration offset) {
    return START.plus(offset);
  }

  public static long millis(Duration offset) {
    return at(offset).toEpochMilli();
  }

  public static Event click(String id, String user, String item, Duration offset) {
    return event(id, user, item, EventType.CLICK, offset);
  }

  public static Event rating(String id, String user, String item, double value, Duration offset) {
    return event(id, user, item, EventType.RATING, offset).withValue(value);
  }

  public static Event event(String id, String user, String item, EventType type, Duration offset) {
    return Event.of(EventId.of(id), new UserId(user), ItemId.of(item), MOVIES, type, at(offset));
  }

  /** Events of a few users and items over some days, mostly in order, some of them twice. */
  public static List<Event> mixed(int count, long seed) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    List<EventType> types = EventType.SHIPPED;
    for (int i = 0; i < count; i++) {
      Duration offset = Duration.ofMinutes(10L * i - random.nextInt(40));
      EventType type = types.get(random.nextInt(types.size()));
      Event event = event("e" + i, "u" + random.nextInt(3), "m" + random.nextInt(8), type, offset);
      if (type.equals(EventType.RATING) || type.equals(EventType.PURCHASE)) {
        event = event.withValue(1 + random.nextInt(5));
      }
      events.add(event);
      if (random.nextInt(5) == 0) {
        events.add(events.get(random.nextInt(events.size())));
      }
    }
    return events;
  }
}
