package dev.thaw.flinkjobs.featurelog;

import static dev.thaw.flinkjobs.TestEvents.at;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.flinkjobs.TestEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** Events of two days in the order of time, and what follows from them, counted one by one. */
final class Timeline {
  static final List<String> USERS = List.of("u1", "u2", "ü 😀");

  /** At the edges of windows, beside events, between timers, after everything. */
  static final List<Duration> LABELS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(59),
          Duration.ofMinutes(60),
          Duration.ofMinutes(120),
          Duration.ofMinutes(185),
          Duration.ofHours(5),
          Duration.ofHours(24).minusMillis(1),
          Duration.ofHours(24),
          Duration.ofHours(31),
          Duration.ofHours(49).plusMinutes(7),
          Duration.ofHours(51),
          Duration.ofHours(58));

  final List<Event> events = new ArrayList<>();

  Timeline() {
    Random random = new Random(11);
    for (int i = 0; i < 160; i++) {
      String user = USERS.get(i < 3 ? i : random.nextInt(3));
      EventType type = EventType.SHIPPED.get(i < 3 ? 0 : random.nextInt(EventType.SHIPPED.size()));
      // whole minutes, so that some leave a window just when they are asked for
      add(
          "e" + i,
          user,
          type,
          Duration.ofMinutes(i < 3 ? 0 : random.nextInt(50 * 60)),
          "m" + i % 9);
    }
    for (int i = 0; i < LABELS.size(); i++) {
      add("f" + i, "u1", EventType.CLICK, LABELS.get(i).plusMillis(1), future(i));
    }
    events.sort(Comparator.comparing(Event::time));
  }

  /** Item of the event that comes one millisecond after a label. */
  static String future(int label) {
    return "future-" + label;
  }

  private void add(String id, String user, EventType type, Duration offset, String item) {
    boolean hasValue = type.equals(EventType.RATING) || type.equals(EventType.PURCHASE);
    Map<String, String> context = id.length() % 2 == 0 ? Map.of("device", "phone") : Map.of();
    events.add(
        new Event(
            EventId.of(id),
            new UserId(user),
            ItemId.of(item),
            TestEvents.MOVIES,
            type,
            hasValue ? 3.5 : null,
            at(offset),
            context,
            null,
            null,
            null));
  }

  long count(String user, Instant now, Duration window, Predicate<Event> which) {
    return events.stream()
        .filter(event -> event.userId().value().equals(user) && which.test(event))
        .filter(event -> !event.time().isAfter(now) && event.time().isAfter(now.minus(window)))
        .count();
  }

  String lastItem(String user, Instant now) {
    return events.stream()
        .filter(event -> event.userId().value().equals(user) && !event.time().isAfter(now))
        .reduce((before, after) -> after)
        .map(event -> event.itemId().value())
        .orElseThrow();
  }
}
