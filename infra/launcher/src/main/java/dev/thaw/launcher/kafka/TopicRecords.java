package dev.thaw.launcher.kafka;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that topics hold. */
public final class TopicRecords {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private TopicRecords() {}

  /**
   * The committed records up to where the topics end now, in memory, each partition in its order,
   * and the partitions among each other by the time at which Kafka took the records.
   *
   * @throws KafkaException if they can't be read to their ends within two minutes
   */
  public static List<ConsumerRecord<byte[], byte[]>> of(
      KafkaConfig kafka, Collection<String> topics) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
    forEach(
        kafka,
        topics,
        each ->
            read.computeIfAbsent(
                    new TopicPartition(each.topic(), each.partition()), p -> new ArrayList<>())
                .add(each));
    return read.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
        .toList();
  }

  /**
   * Gives the committed records up to where the topics end now, each partition in its order.
   *
   * @throws KafkaException if they can't be read to their ends within two minutes
   */
  public static void forEach(
      KafkaConfig kafka,
      Collection<String> topics,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> to) {
    Map<TopicPartition, Long> ends;
    try (Admin admin = Admin.create(kafka.client(Map.of()))) {
      ends = TopicEnds.of(admin, topics);
    }
    try (Consumer<byte[], byte[]> consumer = consumer(kafka)) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (!isAtEnd(consumer, ends)) {
        if (System.nanoTime() > until) {
          throw new KafkaException(topics + " can't be read to their ends " + ends);
        }
        consumer.poll(POLL).forEach(to);
      }
    }
  }

  private static boolean isAtEnd(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static Consumer<byte[], byte[]> consumer(KafkaConfig kafka) {
    return new KafkaConsumer<>(
        kafka.client(Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest")),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
