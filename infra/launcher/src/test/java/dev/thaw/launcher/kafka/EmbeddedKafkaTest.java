package dev.thaw.launcher.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.serving.eventlog.EventLog;
import dev.thaw.serving.eventlog.JournaledEventLog;
import dev.thaw.serving.eventlog.KafkaSender;
import dev.thaw.serving.eventlog.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
  private static final Topics TOPICS = new Topics("thaw");

  private Path folder;
  private Path otherFolder;

  @BeforeEach
  void foldersOfTwoBrokers(@TempDir Path parent) {
    folder = parent.resolve("one");
    otherFolder = parent.resolve("other");
  }

  @Test
  void whatWasWrittenIsThereAfterARestartOnAnotherPort() throws Exception {
    int firstPort;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0);
        var producer = producer(kafka)) {
      firstPort = portOf(kafka);
      createTopics(kafka);
      producer.send(new ProducerRecord<>(TOPICS.events(), 0, null, bytes("first"))).get();

      assertThatThrownBy(() -> EmbeddedKafka.start(otherFolder, portOf(kafka)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + firstPort)
          .hasMessageContaining("is taken");
      assertThatThrownBy(() -> EmbeddedKafka.start(folder, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(folder.toString());
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
      createTopics(kafka);
      assertThat(values(kafka, TOPICS.events())).containsExactly("first");
    }
  }

  @Test
  void topicsKeepOldEventsAndCompactWhatHasOneValueAKey() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0);
        var producer = producer(kafka);
        var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      createTopics(kafka);
      long longAgo = Instant.parse("1971-01-01T00:00:00Z").toEpochMilli();
      producer
          .send(new ProducerRecord<>(TOPICS.items(), 0, longAgo, bytes("i"), bytes("old")))
          .get();

      ConsumerRecord<byte[], byte[]> stored = records(kafka, TOPICS.items()).get(0);
      assertThat(stored.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
      assertThat(stored.timestamp()).isGreaterThan(longAgo);
      assertThat(setting(admin, TOPICS.items(), "cleanup.policy")).isEqualTo("compact");
      assertThat(setting(admin, TOPICS.events(), "cleanup.policy")).isEqualTo("delete");
      assertThat(setting(admin, TOPICS.events(), "retention.ms")).isEqualTo("-1");
    }
  }

  @Test
  void servingsLogBringsTheLargestRecordAndOneTooLargeHoldsUpNothing() throws Exception {
    int most = WireLimits.DEFAULT.maxRecordBytes();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"), 0)) {
      createTopics(kafka);
      try (EventLog log =
          JournaledEventLog.over(
              KafkaSender.connect(
                  new KafkaConfig(kafka.bootstrapServers(), "thaw", 2),
                  Duration.ofSeconds(3),
                  WireLimits.DEFAULT.maxMessageBytes()),
              JournaledEventLog.Settings.in(folder.resolve("journal")))) {
        log.append(
                List.of(
                    LogRecord.of(TOPICS.items(), "large", "l".repeat(most)),
                    LogRecord.of(TOPICS.items(), "too-large", "t".repeat(3 * most)),
                    LogRecord.of(TOPICS.items(), "small", "s")))
            .get(10, TimeUnit.SECONDS);
        for (int i = 0; i < 100 && log.state() != EventLog.State.DIRECT; i++) {
          Thread.sleep(50);
        }
        log.append(List.of(LogRecord.of(TOPICS.items(), "later", "later")))
            .get(10, TimeUnit.SECONDS);
        assertThat(log.state()).isEqualTo(EventLog.State.DIRECT);
      }
      assertThat(values(kafka, TOPICS.items())).contains("l".repeat(most), "s", "later");
    }
    assertThat(folder.resolve("journal/refused.jsonl"))
        .content()
        .contains("\"key\":\"too-large\"")
        .contains("max.request.size");
  }

  @Test
  void topicsAreWaitedForWhileTheBrokerHasNotReadOfThem() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0);
        var admin = new AsksTooEarly(kafka.bootstrapServers(), 3)) {
      TopicSettings.create(admin, TOPICS, 2);

      assertThat(admin.tooEarly).isEqualTo(0);
      assertThat(TopicEnds.of(admin, List.of(TOPICS.events()))).hasSize(2);
    }
  }

  @Test
  void refusalOfTheBrokerIsNamed() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0);
        var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Topics misnamed = new Topics("no blanks");

      assertThatThrownBy(() -> TopicSettings.create(admin, misnamed, 2))
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("the topics could not be created: ")
          .hasMessageContaining("no blanks");
    }
  }

  @Test
  void tickReachesEveryPartitionOfEventsAndImpressions() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0);
        var producer = producer(kafka);
        Ticker ticker = new Ticker(producer, TOPICS)) {
      createTopics(kafka);
      for (var sent : ticker.tick(Instant.parse("2026-01-02T03:04:05Z"))) {
        sent.get();
      }
      for (String topic : List.of(TOPICS.events(), TOPICS.impressions())) {
        assertThat(records(kafka, topic)).extracting(ConsumerRecord::partition).contains(0, 1);
        assertThat(values(kafka, topic)).containsOnly("{\"tick\":\"2026-01-02T03:04:05Z\"}");
      }
    }
  }

  @Test
  void startedTickerTicksByTheGivenClock() throws Exception {
    Instant frozen = Instant.parse("1998-04-22T23:10:38Z");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0);
        var producer = producer(kafka)) {
      createTopics(kafka);
      try (Ticker ticker = new Ticker(producer, TOPICS)) {
        ticker.start(Duration.ofMillis(5), () -> frozen);
        List<String> seen = new ArrayList<>();
        while (seen.size() < 6) {
          seen = values(kafka, TOPICS.events());
        }
        assertThat(seen).containsOnly("{\"tick\":\"1998-04-22T23:10:38Z\"}");
      }
    }
  }

  /** Its first questions for topics name one that the broker does not know. */
  private static final class AsksTooEarly extends ForwardingAdmin {
    private int tooEarly;

    AsksTooEarly(String servers, int tooEarly) {
      super(Map.of("bootstrap.servers", servers));
      this.tooEarly = tooEarly;
    }

    @Override
    public DescribeTopicsResult describeTopics(
        TopicCollection topics, DescribeTopicsOptions options) {
      if (tooEarly == 0) {
        return super.describeTopics(topics, options);
      }
      tooEarly--;
      return super.describeTopics(TopicCollection.ofTopicNames(List.of("not-there")), options);
    }
  }

  private static void createTopics(EmbeddedKafka kafka) {
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicSettings.create(admin, TOPICS, 2);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static List<String> values(EmbeddedKafka kafka, String topic) {
    return records(kafka, topic).stream()
        .map(r -> new String(r.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(EmbeddedKafka kafka, String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, 2).mapToObj(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found;
    }
  }

  private static String setting(Admin admin, String topic, String name) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
  }

  private static int portOf(EmbeddedKafka kafka) {
    return Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
