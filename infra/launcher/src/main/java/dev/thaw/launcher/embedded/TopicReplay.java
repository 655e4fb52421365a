package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.launcher.kafka.TopicRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the topics of another broker hold comes once more, each partition in its order and with its
 * ticks: the catalogue and the profiles, when the jobs have the vectors events and impressions.
 *
 * @param from the other broker
 * @param into takes the records, to a broker with as many partitions
 * @param awaitVectors returns when the jobs have the vectors of all items
 * @param awaitJobs returns when the jobs have worked off what is there
 */
record TopicReplay(
    KafkaConfig from,
    Producer<byte[], byte[]> into,
    Topics topics,
    Runnable awaitVectors,
    Consumer<String> awaitJobs) {

  /**
   * @param calm a moment at which the jobs had worked off all that the other broker had taken. They
   *     have so here, too, before the rest comes: a timer that is set when its time has passed
   *     waits for the next tick, and after the last there is none
   */
  void run(Instant calm) {
    send(TopicRecords.of(from, Set.of(topics.items(), topics.users())));
    awaitVectors.run();
    Map<Boolean, List<ConsumerRecord<byte[], byte[]>>> before =
        TopicRecords.of(from, Set.of(topics.events(), topics.impressions())).stream()
            .collect(Collectors.partitioningBy(each -> each.timestamp() < calm.toEpochMilli()));
    send(before.getOrDefault(true, List.of()));
    awaitJobs.accept("features and statistics");
    send(before.getOrDefault(false, List.of()));
    awaitJobs.accept("the last ticks");
    awaitJobs.accept("flags of items");
  }

  private void send(List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> each : records) {
      var unused =
          into.send(new ProducerRecord<>(each.topic(), each.partition(), each.key(), each.value()));
    }
    into.flush();
  }
}
