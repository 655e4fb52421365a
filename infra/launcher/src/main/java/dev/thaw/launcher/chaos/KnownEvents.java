package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Events and impressions by chance, each with an id and a millisecond of its own. */
final class KnownEvents {
  private static final List<EventType> TYPES = EventType.SHIPPED;
  private static final double PROPENSITY = 0.25;
  private static final int BUSY = 12;
  private static final int SLOTS = 2;

  private final List<UserId> users;
  private final List<CatalogueItem> items;
  private final SplittableRandom random;
  private final InstantSource clock;
  private final long seed;
  private long number;
  private long lastMillis;

  KnownEvents(List<UserId> users, List<CatalogueItem> items, long seed, InstantSource clock) {
    this.users = List.copyOf(users);
    this.items = List.copyOf(items);
    this.random = new SplittableRandom(seed);
    this.seed = seed;
    this.clock = clock;
  }

  /** Two events of one time would leave open which of them is the last. */
  Instant now() {
    lastMillis = Math.max(lastMillis + 1, clock.millis());
    return Instant.ofEpochMilli(lastMillis);
  }

  private String id() {
    return "chaos-" + seed + "-" + number++;
  }

  Event event() {
    return event(user());
  }

  Event event(UserId user) {
    CatalogueItem item = items.get(random.nextInt(items.size()));
    EventType type = TYPES.get(random.nextInt(TYPES.size()));
    Event event = Event.of(EventId.of(id()), user, item.itemId(), item.domain(), type, now());
    if (type.equals(EventType.RATING)) {
      return event.withValue(0.5 + 0.5 * random.nextInt(10));
    }
    // amounts whose sum depends on the order of addition in its last bits
    return type.equals(EventType.PURCHASE)
        ? event.withValue(random.nextInt(1, 10_000) / 100.0)
        : event;
  }

  /** Half of all events are of a few, who soon have as many as trained models want. */
  private UserId user() {
    int among = random.nextBoolean() ? Math.min(BUSY, users.size()) : users.size();
    return users.get(random.nextInt(among));
  }

  /** An answer that showed two items of one domain, both drawn by the bandit. */
  Impression impression() {
    CatalogueItem first = items.get(random.nextInt(items.size()));
    CatalogueItem second = first;
    while (second.equals(first) || !second.domain().equals(first.domain())) {
      second = items.get(random.nextInt(items.size()));
    }
    return new Impression(
        RequestId.of(id()),
        user(),
        first.domain(),
        now(),
        "chaos",
        "none",
        "none",
        Map.of(),
        new EligibleArms(List.of(first.itemId(), second.itemId()), 0),
        List.of(slot(0, first), slot(1, second)),
        "0",
        "popularity",
        List.of(),
        List.of(),
        Assignment.NONE,
        DecisionFeatures.NONE);
  }

  private static Impression.Slot slot(int slot, CatalogueItem item) {
    return new Impression.Slot(slot, item.itemId(), 0, PROPENSITY, Impression.Slot.BANDIT);
  }

  /** A click on one of the items of the answer. */
  Event click(Impression shown) {
    Impression.Slot slot = shown.slots().get(random.nextInt(SLOTS));
    return Event.of(
            EventId.of(id()), shown.userId(), slot.itemId(), shown.domain(), EventType.CLICK, now())
        .inResponseTo(shown.requestId(), slot.slot(), slot.propensity());
  }
}
