package dev.thaw.flinkjobs.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.Erasures;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.TestEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real SQLite store and a topic of one partition in memory. */
class LaterErasuresTest {
  @TempDir Path home;
  private final List<byte[]> events = new ArrayList<>();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private ThawConfig config;
  private OnlineStore store;

  @BeforeEach
  void open() {
    config = ThawConfig.embedded(home);
    store = OnlineStores.open(config.store(), config.features().views());
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** A new reader of the topic as it is now, as each step of a training has its own. */
  private MockConsumer<byte[], byte[]> reader() {
    TopicPartition only = new TopicPartition(config.kafka().topics().events(), 0);
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updatePartitions(
        only.topic(),
        List.of(new PartitionInfo(only.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(only, 0L));
    consumer.updateEndOffsets(Map.of(only, (long) events.size()));
    consumer.schedulePollTask(
        () -> {
          for (int offset = 0; offset < events.size(); offset++) {
            consumer.addRecord(
                new ConsumerRecord<>(only.topic(), 0, offset, new byte[0], events.get(offset)));
          }
        });
    return consumer;
  }

  private static OnlineStore.Read mapped(String user) {
    return new OnlineStore.Read(
        "user_mapped", EntityKey.of("user_id", user, "domain", TestEvents.MOVIES.value()));
  }

  private void trainingWrites(String... users) {
    for (String user : users) {
      FeatureRow row =
          new FeatureRow(
              mapped(user).key(),
              Map.of("source_interactions", new FeatureValue.Int64(7)),
              TestEvents.START);
      store.write("user_mapped", List.of(row));
    }
  }

  private void happens(String user) {
    events.add(
        WireFormats.events(DomainDefinitions.shipped(), WireLimits.DEFAULT)
            .write(TestEvents.click("e" + events.size(), user, "m1", Duration.ZERO)));
  }

  private LaterErasures run() {
    return new LaterErasures(config, "first");
  }

  @Test
  void whoIsErasedDuringATrainingIsNotBroughtBackByItAndTheOthersStay() {
    happens("u1");
    happens("u2");
    events.add(Erasures.write(Erasure.of(new UserId("back"), TestEvents.START)));
    happens("back");
    run().begin(reader());
    events.add(Erasures.write(Erasure.of(new UserId("u1"), TestEvents.at(Duration.ofMinutes(1)))));
    events.add(Erasures.write(Erasure.of(ItemId.of("u2"), TestEvents.at(Duration.ofMinutes(1)))));
    happens("u2");
    run().begin(reader());
    trainingWrites("u1", "u2", "back");

    run().repeat(reader(), producer, store);

    assertThat(store.read(List.of(mapped("u1"))).get(0)).isEmpty();
    assertThat(store.read(List.of(mapped("u2"))).get(0)).isPresent();
    assertThat(store.read(List.of(mapped("back"))).get(0))
        .as("erased before the training, which has read what came after")
        .isPresent();
    assertThat(producer.history())
        .allSatisfy(record -> assertThat(record.value()).isNull())
        .allSatisfy(record -> assertThat(record.topic()).isEqualTo("thaw.user-segments"))
        .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrderElementsOf(
            config.domains().all().stream().map(domain -> "u1/" + domain.name()).toList());
  }

  @Test
  void aRunThatNeverBeganOnTopicsRepeatsNothing() {
    events.add(Erasures.write(Erasure.of(new UserId("u1"), TestEvents.START)));
    run().repeat(reader(), producer, store);
    assertThat(producer.history()).isEmpty();
  }
}
