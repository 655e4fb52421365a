package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.ends.JobEnvironment;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.TopicSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job with two sinks to one topic, on a real broker, that fails and goes on. Readers see what is
 * committed.
 */
@Timeout(180)
class ExactlyOnceTest {
  private static final int EACH = 30;
  private static final AtomicInteger FAILURES = new AtomicInteger();

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static FlinkCluster flink;

  @BeforeAll
  static void start() throws IOException {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
    flink = FlinkCluster.start(4, folder.resolve("checkpoints"));
  }

  @AfterAll
  static void stop() {
    flink.close();
    kafka.close();
  }

  @Test
  void twoSinksToOneTopicWriteEachRecordOnceThoughTheJobFails() throws Exception {
    assertThat(lettersOfAJobThatFails("exactly-once"))
        .hasSize(4 * EACH + 2)
        .doesNotHaveDuplicates();
  }

  /** The default: a reader may meet a record again, but misses none. */
  @Test
  void atLeastOnceLosesNoneThoughTheJobFails() throws Exception {
    assertThat(new HashSet<>(lettersOfAJobThatFails("at-least-once"))).hasSize(4 * EACH + 2);
  }

  /** Place of each letter's record. */
  private List<String> lettersOfAJobThatFails(String delivery) throws Exception {
    FAILURES.set(0);
    ThawConfig config = config(delivery);
    Topics topics = config.kafka().topics();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        KafkaProducer<byte[], byte[]> producer = Installation.producer(config.kafka())) {
      TopicSettings.create(admin, topics, config.kafka().partitions());
      var unused = flink.submit(delivery, job(config, delivery));

      sendBroken(producer, topics, EACH);
      assertThat(awaitLetters(topics, 2 * EACH)).hasSize(2 * EACH);
      sendBroken(producer, topics, EACH);
      producer.send(new ProducerRecord<>(topics.events(), 0, null, goodEvent())).get();
      awaitLetters(topics, 4 * EACH);
      sendBroken(producer, topics, 1);

      List<String> letters = awaitLetters(topics, 4 * EACH + 2);
      assertThat(FAILURES).hasValue(1);
      return letters;
    }
  }

  private static ThawConfig config(String delivery) {
    ThawConfig shipped = ThawConfig.embedded(folder);
    return shipped
        .withKafka(new KafkaConfig(kafka.bootstrapServers(), delivery, 1))
        .withJobs(
            shipped
                .jobs()
                .withParallelism(1)
                .withCheckpointInterval(Duration.ofMillis(300))
                .withParameters(Map.of("kafka.delivery", delivery)));
  }

  private static StreamExecutionEnvironment job(ThawConfig config, String name) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            JobEnvironment.configuration(config, name));
    JobEnds ends =
        new JobEnds(
            config,
            env,
            name,
            () -> {
              throw new IllegalStateException("no row is written here");
            });
    ends.events()
        .map(new FailsAtTheFirst())
        .returns(StreamTypes.EVENT)
        .sinkTo(new DiscardingSink<>());
    ends.impressions().sinkTo(new DiscardingSink<>());
    return env;
  }

  private static final class FailsAtTheFirst implements MapFunction<Event, Event> {
    private static final long serialVersionUID = 1L;

    @Override
    public Event map(Event event) {
      if (FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("the failure of this test");
      }
      return event;
    }
  }

  private static void sendBroken(
      KafkaProducer<byte[], byte[]> producer, Topics topics, int number) {
    for (String topic : List.of(topics.events(), topics.impressions())) {
      for (int i = 0; i < number; i++) {
        byte[] broken = ("{\"broken\": " + i).getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(new ProducerRecord<>(topic, 0, null, broken));
      }
    }
    producer.flush();
  }

  private static byte[] goodEvent() {
    return """
        {"event_id":"e1","user_id":"u1","item_id":"i1","domain":"movies","type":"click",
         "time":"2026-01-01T00:00:00Z"}
        """
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The committed ones, once they are of as many records, or what there is after a minute. */
  private static List<String> awaitLetters(Topics topics, int expected) {
    List<String> letters = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all = List.of(new TopicPartition(topics.deadLetters(), 0));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (new HashSet<>(letters).size() < expected && System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          DeadLetter letter =
              WireFormats.deadLetters().read(each.value(), Instant.MAX).orElseThrow();
          letters.add(letter.source() + ":" + letter.position());
        }
      }
    }
    return letters;
  }
}
