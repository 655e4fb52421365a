package dev.thaw.launcher.deadletters;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The letters on the topic, each record once: every job that reads it has written one about it. */
public final class Letters {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<List<Object>, DeadLetter> byRecord = new LinkedHashMap<>();
  private long unreadable;

  private Letters() {}

  /**
   * Reads the topic up to where it ends now.
   *
   * @throws KafkaException if the broker does not answer
   */
  public static Letters of(ThawConfig config) {
    Letters letters = new Letters();
    String topic = config.kafka().topics().deadLetters();
    try (var consumer =
        new KafkaConsumer<>(
            config.kafka().client(Map.of("isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          letters.add(record.value());
        }
      }
    }
    return letters;
  }

  private void add(byte[] record) {
    WireFormat<DeadLetter> format = WireFormats.deadLetters();
    WireResult<DeadLetter> read = format.read(record, Instant.MAX);
    if (read instanceof WireResult.Accepted<DeadLetter> letter) {
      byRecord.putIfAbsent(
          List.of(letter.value().source(), letter.value().position()), letter.value());
    } else {
      unreadable++;
    }
  }

  /** In the order of the topic. */
  public Collection<DeadLetter> all() {
    return byRecord.values();
  }

  /** Records of the topic that are no letters. */
  public long unreadable() {
    return unreadable;
  }
}
