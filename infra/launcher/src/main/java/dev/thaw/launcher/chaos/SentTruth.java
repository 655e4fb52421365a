package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counted by hand from what was sent, without any code of the jobs: else an error of theirs would
 * be in the uninterrupted run, too.
 */
final class SentTruth {
  private SentTruth() {}

  /** Every impression that Kafka acknowledged is in the topic. */
  static Guarantee shownInTopic(Set<RequestId> acknowledged, Set<RequestId> there) {
    return new Guarantee(
        "every acknowledged impression is in the topic",
        acknowledged.size() + " impressions",
        acknowledged.stream()
            .filter(id -> !there.contains(id))
            .map(id -> "impression " + id + " was acknowledged and is not in the topic")
            .toList());
  }

  /** Those whose impressions these are. */
  static Set<RequestId> requests(
      List<ConsumerRecord<byte[], byte[]>> records, DomainDefinitions domains) {
    return impressions(records, domains).stream()
        .map(Impression::requestId)
        .collect(Collectors.toSet());
  }

  private static List<Impression> impressions(
      List<ConsumerRecord<byte[], byte[]>> records, DomainDefinitions domains) {
    WireFormat<Impression> format = WireFormats.impressions(domains, WireLimits.DEFAULT);
    return records.stream()
        .filter(each -> !Ticks.isTick(each.value()))
        .map(each -> format.read(each.value(), Instant.MAX).orElseThrow())
        .toList();
  }

  /** Every acknowledged event is in the topic, and nobody else's is. */
  static Guarantee inTopic(
      List<Event> acknowledged,
      List<ConsumerRecord<byte[], byte[]>> records,
      DomainDefinitions domains) {
    WireFormat<Event> format = WireFormats.events(domains, WireLimits.DEFAULT);
    Map<EventId, Long> copies = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      format
          .read(each.value(), Instant.MAX)
          .accepted()
          .ifPresent(event -> copies.merge(event.eventId(), 1L, Long::sum));
    }
    Set<EventId> known = new HashSet<>();
    acknowledged.forEach(event -> known.add(event.eventId()));
    List<String> missing = new ArrayList<>();
    for (EventId id : known) {
      if (!copies.containsKey(id)) {
        missing.add("event " + id + " was acknowledged and is not in the topic");
      }
    }
    for (EventId id : copies.keySet()) {
      if (!known.contains(id)) {
        missing.add("event " + id + " is in the topic, and nobody sent it");
      }
    }
    long repeated = copies.values().stream().filter(n -> n > 1).count();
    return new Guarantee(
        "every acknowledged event is in the topic",
        acknowledged.size() + " events, " + repeated + " of them there more than once",
        missing);
  }

  /** Counts in the store, by view, feature and key. */
  record Count(String view, String feature, EntityKey key) {}

  /**
   * What the events of this list, each once, add up to within the last day.
   *
   * @param forgotten those that an erasure of their user came after
   */
  static Map<Count, Long> ofEvents(List<Event> acknowledged, Set<EventId> forgotten) {
    Map<Count, Long> counts = new HashMap<>();
    Map<Count, Set<ItemId>> items = new HashMap<>();
    Set<EventId> seen = new HashSet<>();
    for (Event event : acknowledged) {
      if (forgotten.contains(event.eventId()) || !seen.add(event.eventId())) {
        continue;
      }
      EntityKey user = EntityKey.of("user_id", event.userId().value());
      counts.merge(new Count("user_activity", "events_24h", user), 1L, Long::sum);
      if (event.type().equals(EventType.CLICK)) {
        counts.merge(new Count("user_activity", "clicks_24h", user), 1L, Long::sum);
      }
      if (event.type().isInteraction()) {
        EntityKey inDomain =
            EntityKey.of("user_id", event.userId().value(), "domain", event.domain().value());
        items
            .computeIfAbsent(
                new Count("user_history", "interactions", inDomain), key -> new HashSet<>())
            .add(event.itemId());
      }
    }
    items.forEach((count, of) -> counts.put(count, (long) of.size()));
    return counts;
  }

  /** Profiles that changed under way have the attributes that were sent last. */
  static Guarantee profiles(Map<UserId, UserProfile> sent, OnlineReader store) {
    List<UserProfile> profiles = List.copyOf(sent.values());
    List<Optional<FeatureRow>> rows =
        store.read(
            profiles.stream()
                .map(each -> EntityKey.of("user_id", each.userId().value()))
                .map(key -> new Read("user_profile", key))
                .toList());
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < profiles.size(); i++) {
      UserProfile profile = profiles.get(i);
      List<String> attributes = new ArrayList<>();
      profile.attributes().forEach((name, value) -> attributes.add(name + "=" + value));
      Optional<FeatureValue> found = rows.get(i).flatMap(row -> row.get("attributes"));
      Set<String> there =
          found.isPresent() && found.get() instanceof FeatureValue.Texts texts
              ? Set.copyOf(texts.values())
              : Set.of();
      if (!there.equals(Set.copyOf(attributes))) {
        broken.add(profile.userId() + " has " + there + ", not " + attributes);
      }
    }
    if (profiles.isEmpty()) {
      broken.add("no profile was changed, so this says nothing");
    }
    return new Guarantee(
        "profiles that changed under way are those sent last",
        profiles.size() + " profiles",
        broken);
  }

  /** Nothing is left of them in any view. */
  static Guarantee erased(List<UserId> left, Entities entities, OnlineReader store) {
    Entities gone = entities.ofUsers(left);
    List<String> broken = new ArrayList<>();
    for (FeatureView view : entities.features().views()) {
      if (view.entities().contains(Entities.USER)) {
        List<Read> reads = gone.keys(view).stream().map(key -> new Read(view.name(), key)).toList();
        List<Optional<FeatureRow>> rows = store.read(reads);
        for (int i = 0; i < reads.size(); i++) {
          if (rows.get(i).isPresent()) {
            broken.add(reads.get(i) + " is still there");
          }
        }
      }
    }
    if (left.isEmpty()) {
      broken.add("nobody was erased, so this says nothing");
    }
    return new Guarantee(
        "nothing is left of users who were erased", left.size() + " users", broken);
  }

  /** How often the bandit showed each item: once for each answer, however often it was written. */
  static Map<Count, Long> ofImpressions(
      List<ConsumerRecord<byte[], byte[]>> records, DomainDefinitions domains) {
    Map<Count, Long> counts = new HashMap<>();
    Set<RequestId> seen = new HashSet<>();
    for (Impression shown : impressions(records, domains)) {
      if (seen.add(shown.requestId())) {
        shown.slots().stream()
            .filter(slot -> slot.source().equals(Impression.Slot.BANDIT))
            .map(slot -> EntityKey.of("item_id", slot.itemId().value()))
            .forEach(
                item ->
                    counts.merge(new Count("arm_posterior", "impressions", item), 1L, Long::sum));
      }
    }
    return counts;
  }

  /** Whether the store has these counts. */
  static Guarantee inStore(Map<Count, Long> counts, OnlineReader store) {
    List<Count> wanted = List.copyOf(counts.keySet());
    List<Optional<FeatureRow>> rows = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += 500) {
      rows.addAll(
          store.read(
              wanted.subList(from, Math.min(wanted.size(), from + 500)).stream()
                  .map(count -> new Read(count.view(), count.key()))
                  .toList()));
    }
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Count count = wanted.get(i);
      Optional<FeatureValue> value = rows.get(i).flatMap(row -> row.get(count.feature()));
      long truth = counts.getOrDefault(count, 0L);
      if (!value.equals(Optional.of(new FeatureValue.Int64(truth)))) {
        broken.add(count + " is " + value + ", not " + truth);
      }
    }
    return new Guarantee(
        "nothing is lost and nothing counted twice", wanted.size() + " counts", broken);
  }
}
