package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.Ticker;
import dev.thaw.launcher.kafka.TopicSettings;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicLoaderTest {
  private static final Topics TOPICS = new Topics("thaw");
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static final World WORLD =
      World.generate(new WorldConfig(5, END, Duration.ofDays(30), 250, 2, 2, 60, 30, 4));

  @TempDir static Path parent;
  private static final Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
  private static final Set<String> witnessed = new HashSet<>();
  private static final Map<String, Integer> beforeTheEvents = new HashMap<>();
  private static TopicLoader.Loaded loaded;
  private static DomainDefinitions domains;

  @BeforeAll
  static void load() throws Exception {
    WorldConfig config = new WorldConfig(5, END, Duration.ofDays(30), 250, 2, 2, 60, 30, 4);
    try (DataFolderWriter writer = DataFolderWriter.open(parent.resolve("world"), false)) {
      WORLD.write(writer, config);
    }
    DataFolder folder = DataFolder.open(parent.resolve("world"));
    domains = DomainDefinitions.load(folder.domains());
    Event first = WORLD.events().get(0);
    Event unknown =
        Event.of(
            EventId.of("unknown"),
            first.userId(),
            ItemId.of("nowhere"),
            first.domain(),
            EventType.CLICK,
            first.time());
    Files.writeString(
        folder.events(),
        "{\"event_id\":\"x\"}\n"
            + WireFormats.events(domains, WireLimits.DEFAULT).writeText(unknown)
            + "\n",
        StandardOpenOption.APPEND);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(parent.resolve("kafka"), 0);
        var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Ticker ticker = new Ticker(producer, TOPICS)) {
      TopicSettings.create(admin, TOPICS, 2);
      loaded =
          new TopicLoader(producer, TOPICS, ticker, Progress.silent(), Duration.ZERO)
              .load(folder, domains, END, witness(), () -> count(kafka));
      for (String topic :
          List.of(TOPICS.items(), TOPICS.users(), TOPICS.events(), TOPICS.impressions())) {
        records.put(topic, read(kafka, topic, 2));
      }
      records.put(TOPICS.deadLetters(), read(kafka, TOPICS.deadLetters(), 1));
    }
  }

  @Test
  void everyRecordArrivesAndBadOnesAreKeptWithTheirReasons() {
    assertThat(loaded.items()).isEqualTo(WORLD.items().size());
    assertThat(loaded.users()).isEqualTo(WORLD.users().size());
    assertThat(loaded.events()).isEqualTo(WORLD.events().size());
    assertThat(loaded.rejected()).isEqualTo(2);
    assertThat(records.get(TOPICS.items())).hasSize(WORLD.items().size());
    assertThat(records.get(TOPICS.users())).hasSize(WORLD.users().size());
    assertThat(records.get(TOPICS.deadLetters())).hasSize(2);
    assertThat(new String(records.get(TOPICS.deadLetters()).get(0).value()))
        .contains("events.jsonl");
    assertThat(new String(records.get(TOPICS.deadLetters()).get(1).value()))
        .contains("events.jsonl", "item_id", "nowhere", "must be in the catalogue, items.jsonl");
    assertThat(witnessed).hasSize(WORLD.items().size() + WORLD.events().size());
  }

  @Test
  void catalogueIsAcknowledgedBeforeTheFirstEvent() {
    assertThat(beforeTheEvents)
        .containsEntry(TOPICS.items(), WORLD.items().size())
        .containsEntry(TOPICS.users(), WORLD.users().size())
        .containsEntry(TOPICS.events(), 0);
  }

  private static void count(EmbeddedKafka kafka) {
    for (String topic : List.of(TOPICS.items(), TOPICS.users(), TOPICS.events())) {
      beforeTheEvents.put(topic, read(kafka, topic, 2).size());
    }
  }

  @Test
  void eventsOfAPartitionAreInOrderAndNoTickIsAheadOfThem() {
    WireFormat<Event> format = WireFormats.events(domains, WireLimits.DEFAULT);
    Map<Integer, Instant> clocks = new HashMap<>();
    long events = 0;
    for (ConsumerRecord<byte[], byte[]> record : records.get(TOPICS.events())) {
      boolean tick = Ticks.isTick(record.value());
      Instant time =
          tick
              ? Ticks.read(record.value()).orElseThrow()
              : format.read(record.value(), END).orElseThrow().time();
      Instant before = clocks.put(record.partition(), time);
      assertThat(before == null || !time.isBefore(before)).isTrue();
      events += tick ? 0 : 1;
    }
    assertThat(events).isEqualTo(WORLD.events().size());
  }

  @Test
  void theClockOfEveryPartitionReachesTheLastEvent() {
    Instant last = WORLD.events().get(WORLD.events().size() - 1).time();
    assertThat(loaded.end()).isEqualTo(last);
    for (String topic : List.of(TOPICS.events(), TOPICS.impressions())) {
      for (int partition = 0; partition < 2; partition++) {
        int p = partition;
        ConsumerRecord<byte[], byte[]> newest =
            records.get(topic).stream()
                .filter(r -> r.partition() == p)
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(Ticks.read(newest.value()).orElseThrow()).isEqualTo(last);
      }
    }
  }

  private static TopicLoader.Witness witness() {
    return new TopicLoader.Witness() {
      @Override
      public void item(CatalogueItem item) {
        witnessed.add("item " + item.itemId());
      }

      @Override
      public void event(Event event) {
        witnessed.add("event " + event.eventId());
      }
    };
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      EmbeddedKafka kafka, String topic, int partitions) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found;
    }
  }
}
