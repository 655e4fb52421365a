package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.launcher.kafka.TopicRecords;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
   * Items and profiles come first, then the rest in parts: what the other broker had taken before
   * each of these moments, at which its jobs had worked off all there was.
   *
   * <p>They have so here, too, before the next part comes. For the last moment: a timer that is set
   * when its time has passed waits for the next tick, and after the last there is none. For one
   * before a training: an event counts for the segment of its user that is known then.
   *
   * @param calms in their order
   */
  void run(List<Instant> calms) {
    send(TopicRecords.of(from, Set.of(topics.items(), topics.users())));
    awaitVectors.run();
    List<ConsumerRecord<byte[], byte[]>> streams =
        TopicRecords.of(from, Set.of(topics.events(), topics.impressions()));
    List<ConsumerRecord<byte[], byte[]>> learned =
        TopicRecords.of(from, Set.of(topics.userSegments(), topics.artefacts()));
    long since = Long.MIN_VALUE;
    for (Instant calm : calms) {
      part(streams, learned, since, calm.toEpochMilli(), "features and statistics");
      since = calm.toEpochMilli();
    }
    part(streams, learned, since, Long.MAX_VALUE, "the last ticks");
    awaitJobs.accept("flags of items");
  }

  /** What training taught in that time, then the streams: none came while it was trained. */
  private void part(
      List<ConsumerRecord<byte[], byte[]>> streams,
      List<ConsumerRecord<byte[], byte[]>> learned,
      long since,
      long until,
      String what) {
    List<ConsumerRecord<byte[], byte[]>> first = within(learned, since, until);
    if (!first.isEmpty()) {
      send(first);
      awaitJobs.accept("what was trained");
    }
    send(within(streams, since, until));
    awaitJobs.accept(what);
  }

  private static List<ConsumerRecord<byte[], byte[]>> within(
      List<ConsumerRecord<byte[], byte[]>> records, long since, long until) {
    return records.stream()
        .filter(each -> each.timestamp() >= since && each.timestamp() < until)
        .toList();
  }

  private void send(List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> each : records) {
      var unused =
          into.send(new ProducerRecord<>(each.topic(), each.partition(), each.key(), each.value()));
    }
    into.flush();
  }
}
