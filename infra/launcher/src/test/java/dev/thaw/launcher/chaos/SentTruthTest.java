package dev.thaw.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.chaos.SentTruth.Count;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentTruthTest {
  private static final DomainDefinitions DOMAINS = DomainDefinitions.shipped();

  @TempDir Path folder;

  @Test
  void aProfileMustBeTheOneThatWasSentLast() {
    UserProfile sent =
        new UserProfile(
            UserId.of("u1"), Map.of("campaign", "chaos-2"), List.of(), Instant.ofEpochSecond(2));
    try (OnlineStore store =
        OnlineStores.open(
            new ThawConfig.Store("sqlite", folder.resolve("profiles.db").toString(), "thaw"),
            FeatureDefinitions.shipped().views())) {
      assertThat(SentTruth.profiles(Map.of(), store).held()).isFalse();
      assertThat(SentTruth.profiles(Map.of(sent.userId(), sent), store).broken())
          .containsExactly("u1 has [], not [campaign=chaos-2]");
      for (int newest = 1; newest <= 2; newest++) {
        EntityKey key = EntityKey.of("user_id", "u1");
        FeatureValue attributes = new FeatureValue.Texts(List.of("campaign=chaos-" + newest));
        Instant time = Instant.ofEpochSecond(newest);
        store.write(
            "user_profile", List.of(new FeatureRow(key, Map.of("attributes", attributes), time)));
        assertThat(SentTruth.profiles(Map.of(sent.userId(), sent), store).held())
            .isEqualTo(newest == 2);
      }
    }
  }

  @Test
  void anEventCountsOnceHoweverOftenItWasSent() {
    Map<Count, Long> counts =
        SentTruth.ofEvents(
            List.of(
                event("e1", "i1", EventType.CLICK),
                event("e1", "i1", EventType.CLICK),
                event("e2", "i1", EventType.LIKE),
                event("e3", "i2", EventType.VIEW)),
            Set.of());
    EntityKey user = EntityKey.of("user_id", "u1");
    assertThat(counts)
        .isEqualTo(
            Map.of(
                new Count("user_activity", "events_24h", user),
                3L,
                new Count("user_activity", "clicks_24h", user),
                1L,
                new Count(
                    "user_history",
                    "interactions",
                    EntityKey.of("user_id", "u1", "domain", "movies")),
                1L));
  }

  @Test
  void anAcknowledgedEventThatTheTopicLacksIsNamed() {
    Event there = event("e1", "i1", EventType.CLICK);
    Event lost = event("e2", "i1", EventType.CLICK);
    assertThat(SentTruth.inTopic(List.of(there), records(there, there), DOMAINS))
        .isEqualTo(
            new Guarantee(
                "every acknowledged event is in the topic",
                "1 events, 1 of them there more than once",
                List.of()));
    assertThat(SentTruth.inTopic(List.of(there, lost), records(there), DOMAINS).broken())
        .containsExactly("event e2 was acknowledged and is not in the topic");
    assertThat(SentTruth.inTopic(List.of(there), records(there, lost), DOMAINS).broken())
        .containsExactly("event e2 is in the topic, and nobody sent it");
  }

  @Test
  void whatAnErasureForgotCountsForNothing() {
    assertThat(
            SentTruth.ofEvents(
                List.of(event("e1", "i1", EventType.CLICK)), Set.of(EventId.of("e1"))))
        .isEmpty();
  }

  @Test
  void whatIsLeftOfAnErasedUserIsNamed() {
    FeatureDefinitions features = FeatureDefinitions.shipped();
    Entities entities =
        new Entities(features, Map.of("user", List.of(), "domain", List.of("movies")));
    UserId user = UserId.of("u1");
    FeatureRow row =
        new FeatureRow(
            EntityKey.of("user_id", "u1"),
            Map.of("events_1h", new FeatureValue.Int64(1)),
            Instant.EPOCH);
    try (OnlineStore store =
        OnlineStores.open(ThawConfig.embedded(folder).store(), features.views())) {
      assertThat(SentTruth.erased(List.of(user), entities, store).held()).isTrue();
      store.write("user_activity", List.of(row));
      assertThat(SentTruth.erased(List.of(user), entities, store).broken()).hasSize(1);
      assertThat(SentTruth.erased(List.of(), entities, store).held()).isFalse();
    }
  }

  @Test
  void anImpressionThatWasAcknowledgedMustBeThere() {
    assertThat(SentTruth.shownInTopic(Set.of(RequestId.of("r1")), Set.of()).broken())
        .containsExactly("impression r1 was acknowledged and is not in the topic");
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Event... events) {
    var format = WireFormats.events(DOMAINS, WireLimits.DEFAULT);
    return Stream.of(events)
        .map(each -> new ConsumerRecord<>("events", 0, 0, new byte[0], format.write(each)))
        .toList();
  }

  private static Event event(String id, String item, EventType type) {
    return Event.of(
        EventId.of(id),
        UserId.of("u1"),
        ItemId.of(item),
        DomainId.of("movies"),
        type,
        Instant.parse("2026-03-05T12:00:00Z"));
  }
}
