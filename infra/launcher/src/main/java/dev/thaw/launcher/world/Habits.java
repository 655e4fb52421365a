package dev.thaw.launcher.world;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.launcher.world.Audience.Person;
import dev.thaw.launcher.world.Catalogue.WorldItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Lets a person live through the span in one domain: sessions, items by popularity and taste, and
 * the event that fits how much they liked each.
 */
final class Habits {
  /** Weight of taste against popularity where an item is chosen. */
  private static final double CHOICE = 1.6;

  private static final int MOST_ITEMS = 180;

  private final DomainId domain;
  private final List<WorldItem> items;
  private final WorldConfig config;
  private final RandomGenerator random;
  private final double[] cumulative;

  Habits(DomainId domain, List<WorldItem> items, WorldConfig config, RandomGenerator random) {
    this.domain = domain;
    this.items = items;
    this.config = config;
    this.random = random;
    this.cumulative = new double[items.size()];
  }

  /** Appends the person's events, unordered, with ids still to be given. */
  void live(Person person, double[] taste, List<Event> events) {
    int wanted = activity();
    weigh(taste);
    long span = config.span().toMillis();
    long begin = config.end().toEpochMilli() - span;
    // people join over time, most of them stay
    long joined = begin + (long) (span * 0.8 * random.nextDouble());
    boolean[] met = new boolean[items.size()];
    for (int done = 0; done < wanted; ) {
      long session = joined + (long) ((config.end().toEpochMilli() - joined) * random.nextDouble());
      int length = Math.min(wanted - done, 1 + random.nextInt(6));
      for (int i = 0; i < length; i++, done++) {
        long time = session + i * (30_000L + random.nextInt(300_000));
        int item = choose(met);
        met[item] = true;
        react(person, items.get(item), taste, clamp(time), events);
      }
    }
  }

  private Instant clamp(long millis) {
    return Instant.ofEpochMilli(Math.min(millis, config.end().toEpochMilli() - 1));
  }

  /** One in twelve is still cold; the others have a log-normal number of items, median 29. */
  private int activity() {
    if (random.nextInt(12) == 0) {
      return 1 + random.nextInt(8);
    }
    double drawn = StrictMath.exp(3.37 + 0.7 * random.nextGaussian());
    return (int) Math.min(MOST_ITEMS, Math.max(1, drawn));
  }

  private void weigh(double[] taste) {
    double[] first = new double[taste.length];
    double[] second = new double[taste.length];
    for (int t = 0; t < taste.length; t++) {
      first[t] = StrictMath.exp(CHOICE * WorldItem.FIRST_SHARE * taste[t]);
      second[t] = StrictMath.exp(CHOICE * (1 - WorldItem.FIRST_SHARE) * taste[t]);
    }
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      WorldItem item = items.get(i);
      sum += item.popularity() * first[item.first()] * second[item.second()];
      cumulative[i] = sum;
    }
  }

  private int choose(boolean[] met) {
    while (true) {
      double at = random.nextDouble() * cumulative[cumulative.length - 1];
      int found = Arrays.binarySearch(cumulative, at);
      int item = found >= 0 ? found + 1 : -found - 1;
      if (item < met.length && !met[item] && items.get(item).popularity() > 0) {
        return item;
      }
    }
  }

  private void react(
      Person person, WorldItem item, double[] taste, Instant time, List<Event> events) {
    double liking =
        3.3
            + 0.45 * item.quality()
            + 0.9 * item.affinity(taste)
            + person.generosity()
            + 0.5 * random.nextGaussian();
    double stars = Math.min(5, Math.max(0.5, StrictMath.rint(liking * 2) / 2));
    int kind = random.nextInt(100);
    if (kind < 60) {
      events.add(event(person, item, EventType.RATING, time).withValue(stars));
    } else if (stars >= 4) {
      EventType type =
          kind < 75 ? EventType.LIKE : kind < 92 ? EventType.CLICK : EventType.PURCHASE;
      Event event = event(person, item, type, time);
      events.add(type.equals(EventType.PURCHASE) ? event.withValue(5 + random.nextInt(20)) : event);
    } else if (stars <= 2.5) {
      events.add(event(person, item, EventType.SKIP, time));
    } else {
      events.add(event(person, item, EventType.VIEW, time));
    }
  }

  private Event event(Person person, WorldItem item, EventType type, Instant time) {
    return new Event(
        UNNUMBERED,
        person.id(),
        item.item().itemId(),
        domain,
        type,
        null,
        time,
        Map.of("device", person.attributes().getOrDefault("device", "phone")),
        null,
        null,
        null);
  }

  /** Numbers are given once all events are in order. */
  private static final EventId UNNUMBERED = EventId.of("unnumbered");

  static List<Event> inOrder(List<Event> events) {
    List<Event> ordered = new ArrayList<>(events);
    ordered.sort(java.util.Comparator.comparing(Event::time));
    for (int i = 0; i < ordered.size(); i++) {
      ordered.set(i, numbered(ordered.get(i), EventId.of("e-%07d".formatted(i))));
    }
    return ordered;
  }

  private static Event numbered(Event e, EventId id) {
    return new Event(
        id,
        e.userId(),
        e.itemId(),
        e.domain(),
        e.type(),
        e.value(),
        e.time(),
        e.context(),
        null,
        null,
        null);
  }
}
