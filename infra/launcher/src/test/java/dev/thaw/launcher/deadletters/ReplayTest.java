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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
