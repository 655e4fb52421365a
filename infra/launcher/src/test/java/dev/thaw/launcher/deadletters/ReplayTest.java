package dev.thaw.launcher.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.embedded.Installation;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");
  private static final String GOOD =
      "{\"event_id\":\"e1\",\"user_id\":\"u1\",\"item_id\":\"m1\",\"domain\":\"movies\","
          + "\"type\":\"click\",\"time\":\"2026-03-05T11:00:00Z\"}";
  private static final Rejection WHY = new Rejection("domain", "moovies", "must be a domain");

  @TempDir Path home;

  @Test
  void everyRecordIsListedOnceHoweverManyJobsWroteAboutIt() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(home, 0)) {
      ThawConfig embedded = ThawConfig.embedded(home);
      ThawConfig config =
          embedded.withKafka(embedded.kafka().withBootstrapServers(kafka.bootstrapServers()));
      Topics topics = config.kafka().topics();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
          var producer = Installation.producer(config.kafka())) {
        TopicSettings.create(admin, topics, 2);
        for (long position : new long[] {7, 7, 8, 7}) {
          byte[] record =
              WireFormats.deadLetters().write(letter(topics.events() + "/0", position, GOOD));
          producer.send(new ProducerRecord<>(topics.deadLetters(), null, record)).get();
        }
        for (DeadLetter late : List.of(late(GOOD), late(GOOD.replace("e1", "e2")), late(GOOD))) {
          byte[] record = WireFormats.deadLetters().write(late);
          producer.send(new ProducerRecord<>(topics.deadLetters(), null, record)).get();
        }
        producer
            .send(
                new ProducerRecord<>(
                    topics.deadLetters(), null, "no letter".getBytes(StandardCharsets.UTF_8)))
            .get();
      }
      Letters letters = Letters.of(config);
      assertThat(letters.all()).extracting(DeadLetter::position).containsExactly(7L, 8L, 0L, 0L);
      assertThat(letters.all())
          .extracting(DeadLetter::input)
          .containsExactly(GOOD, GOOD, GOOD, GOOD.replace("e1", "e2"));
      assertThat(letters.unreadable()).isEqualTo(1);
    }
  }

  @Test
  void aMendedEventGoesBackUnderItsUser() {
    ThawConfig config = ThawConfig.embedded(home);
    Topics topics = config.kafka().topics();
    var producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    Replay replay = new Replay(config, producer);
    assertThat(replay.send(letter(topics.events() + "/1", 3, GOOD), NOW)).isEmpty();
    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).topic()).isEqualTo(topics.events());
    assertThat(sent.get(0).key()).isEqualTo("u1".getBytes(StandardCharsets.UTF_8));
    assertThat(
            WireFormats.events(config.domains(), WireLimits.DEFAULT)
                .read(sent.get(0).value(), NOW)
                .orElseThrow()
                .eventId()
                .value())
        .isEqualTo("e1");
  }

  @Test
  void whatAJobHadReadGoesBackToTheTopicOfItsKind() {
    ThawConfig config = ThawConfig.embedded(home);
    var producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    Replay replay = new Replay(config, producer);
    assertThat(replay.send(late(GOOD), NOW)).isEmpty();
    assertThat(producer.history())
        .extracting(ProducerRecord::topic)
        .containsExactly(config.kafka().topics().events());
  }

  @Test
  void whatHasNoTopicToGoBackToIsRefused() {
    ThawConfig config = ThawConfig.embedded(home);
    var producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    Replay replay = new Replay(config, producer);
    DeadLetter announcement =
        DeadLetter.ofJob("fold-in-users", RecordKind.ARTEFACT, WHY, new byte[0], NOW);
    assertThat(replay.send(announcement, NOW))
        .hasValueSatisfying(
            why -> assertThat(why.toString()).contains("fold-in-users/artefact", "event"));
    assertThat(replay.send(letter("fold-in-users", 0, GOOD), NOW))
        .hasValueSatisfying(why -> assertThat(why.field()).isEqualTo("source"));
    assertThat(producer.history()).isEmpty();
  }

  /** As compaction keeps what came last, a withdrawn item would be there again. */
  @Test
  void anItemIsNotReplayedOverANewerRecordOfIt() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(home, 0)) {
      ThawConfig embedded = ThawConfig.embedded(home);
      ThawConfig config =
          embedded.withKafka(embedded.kafka().withBootstrapServers(kafka.bootstrapServers()));
      Topics topics = config.kafka().topics();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
          var producer = Installation.producer(config.kafka())) {
        TopicSettings.create(admin, topics, 2);
        producer.send(keyed(topics.items(), "m1", item("m1", "2026-03-05T11:00:00Z"))).get();
        producer.send(keyed(topics.items(), "m1", "no item")).get();
        producer.send(keyed(topics.items(), "m2", item("m2", "2026-03-05T11:00:00Z"))).get();
        producer.send(keyed(topics.items(), "gone", null)).get();
        Replay replay = new Replay(config, producer);
        assertThat(replay.send(itemLetter(config, item("m1", "2026-03-05T10:59:59Z")), NOW))
            .hasValueSatisfying(
                why ->
                    assertThat(why.toString())
                        .contains("m1", "2026-03-05T10:59:59Z", "2026-03-05T11:00:00Z"));
        assertThat(replay.send(itemLetter(config, item("gone", "2026-03-05T11:00:00Z")), NOW))
            .hasValueSatisfying(why -> assertThat(why.field()).isEqualTo("time"));
        assertThat(replay.send(itemLetter(config, item("m1", "2026-03-05T11:00:00Z")), NOW))
            .isEmpty();
        assertThat(replay.send(itemLetter(config, item("m2", "2026-03-05T11:30:00Z")), NOW))
            .isEmpty();
        assertThat(replay.send(itemLetter(config, item("m2", "2026-03-05T11:15:00Z")), NOW))
            .as("older than what was replayed before")
            .isPresent();
        assertThat(replay.send(itemLetter(config, item("m3", "2026-03-05T10:00:00Z")), NOW))
            .isEmpty();
      }
    }
  }

  @Test
  void aProfileWithoutATimeIsOfWhenItWasWrittenFirst() {
    ThawConfig config = ThawConfig.embedded(home);
    Topics topics = config.kafka().topics();
    var producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    Instant later = NOW.plus(Duration.ofHours(1));
    String known = "{\"user_id\":\"u1\",\"time\":\"2026-03-05T12:30:00Z\"}";
    Replay replay =
        new Replay(
            config,
            producer,
            (topic, to) ->
                to.accept(
                    new ConsumerRecord<>(
                        topic,
                        0,
                        0,
                        later.toEpochMilli(),
                        TimestampType.LOG_APPEND_TIME,
                        2,
                        known.length(),
                        utf8("u1"),
                        utf8(known),
                        new RecordHeaders(),
                        Optional.empty())));
    assertThat(replay.send(letter(topics.users() + "/0", 3, "{\"user_id\":\"u1\"}"), later))
        .hasValueSatisfying(
            why -> assertThat(why.toString()).contains(NOW.toString(), "2026-03-05T12:30:00Z"));
    assertThat(replay.send(letter(topics.users() + "/0", 4, known), later)).isEmpty();
    assertThat(producer.history()).hasSize(1);
  }

  private static String item(String id, String time) {
    return "{\"item_id\":\""
        + id
        + "\",\"domain\":\"movies\",\"title\":\"t\",\"time\":\""
        + time
        + "\"}";
  }

  private static DeadLetter itemLetter(ThawConfig config, String input) {
    return letter(config.kafka().topics().items() + "/0", 5, input);
  }

  private static ProducerRecord<byte[], byte[]> keyed(
      String topic, String key, @Nullable String value) {
    return new ProducerRecord<>(topic, utf8(key), value == null ? null : utf8(value));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatStillCannotBeReadIsRefusedWithFieldAndReason() {
    ThawConfig config = ThawConfig.embedded(home);
    Topics topics = config.kafka().topics();
    var producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    Replay replay = new Replay(config, producer);
    String unmended = GOOD.replace("movies", "moovies");
    assertThat(replay.send(letter(topics.events() + "/1", 3, unmended), NOW))
        .hasValueSatisfying(why -> assertThat(why.field()).isEqualTo("domain"));
    assertThat(replay.send(letter("events.jsonl", 3, GOOD), NOW))
        .hasValueSatisfying(
            why -> assertThat(why.toString()).contains("events.jsonl", topics.events()));
    assertThat(producer.history()).isEmpty();
  }

  private static DeadLetter late(String input) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    return DeadLetter.ofJob("user-features", RecordKind.EVENT, WHY, bytes, NOW);
  }

  private static DeadLetter letter(String source, long position, String input) {
    return DeadLetter.of(source, position, WHY, input.getBytes(StandardCharsets.UTF_8), NOW);
  }
}
