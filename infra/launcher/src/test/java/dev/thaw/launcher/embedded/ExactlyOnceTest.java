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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job with two sinks to one topic, on a real broker, that fails and goes on. */
@Timeout(180)
class ExactlyOnceTest {
  private static final int EACH = 30;
  private static final AtomicInteger FAILURES = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void twoSinksToOneTopicWriteEachRecordOnceThoughTheJobFails() throws Exception {
    FAILURES.set(0);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        KafkaProducer<byte[], byte[]> producer =
            Installation.producer(config(kafka.bootstrapServers()).kafka());
        FlinkCluster flink = FlinkCluster.start(4, folder.resolve("checkpoints"))) {
      ThawConfig config = config(kafka.bootstrapServers());
      Topics topics = config.kafka().topics();
      TopicSettings.create(admin, topics, config.kafka().partitions());
      var unused = flink.submit("exactly-once", job(config));

      sendBroken(producer, topics, EACH);
      assertThat(awaitLetters(kafka, topics, 2 * EACH)).hasSize(2 * EACH);
      sendBroken(producer, topics, EACH);
      producer.send(new ProducerRecord<>(topics.events(), 0, null, goodEvent())).get();
      awaitLetters(kafka, topics, 4 * EACH);
      sendBroken(producer, topics, 1);

      List<DeadLetter> letters = awaitLetters(kafka, topics, 4 * EACH + 2);
      assertThat(FAILURES).hasValue(1);
      assertThat(letters)
          .extracting(letter -> letter.source() + ":" + letter.position())
          .hasSize(4 * EACH + 2)
          .doesNotHaveDuplicates();
    }
  }

  private ThawConfig config(String servers) {
    ThawConfig shipped = ThawConfig.embedded(folder);
    return shipped
        .withKafka(new KafkaConfig(servers, "thaw", 1))
        .withJobs(
            shipped
                .jobs()
                .withParallelism(1)
                .withCheckpointInterval(Duration.ofMillis(300))
                .withParameters(Map.of("kafka.delivery", "exactly-once")));
  }

  private static StreamExecutionEnvironment job(ThawConfig config) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            JobEnvironment.configuration(config, "exactly-once"));
    JobEnds ends =
        new JobEnds(
            config,
            env,
            "exactly-once",
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

  /** The committed ones, once there are as many, or as many as there are after a minute. */
  private static List<DeadLetter> awaitLetters(EmbeddedKafka kafka, Topics topics, int expected) {
    List<DeadLetter> letters = new ArrayList<>();
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
      while (letters.size() < expected && System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          letters.add(WireFormats.deadLetters().read(each.value(), Instant.MAX).orElseThrow());
        }
      }
    }
    return letters;
  }
}
