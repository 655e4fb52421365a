package dev.thaw.launcher.kafka;

import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.wire.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the jobs what time it is where no event does: one record {@code {"tick": "<instant>"}} per
 * partition of the events and the impressions topic. Thread-safe.
 */
public final class Ticker implements AutoCloseable {
  private static final byte[] WAKING_KEY = Ticks.KEY.getBytes(StandardCharsets.UTF_8);
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  private final Producer<byte[], byte[]> producer;
  private final List<String> topics;
  private volatile Instant last = Instant.EPOCH;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "ticker");
            thread.setDaemon(true);
            return thread;
          });

  /** The producer stays the caller's: it is not closed here. */
  public Ticker(Producer<byte[], byte[]> producer, Topics topics) {
    this.producer = producer;
    this.topics = List.of(topics.events(), topics.impressions());
  }

  /** Ticks at this interval, by the given clock, until closed. A failed tick is tried next time. */
  public void start(Duration interval, InstantSource clock) {
    long nanos = interval.toNanos();
    if (nanos <= 0) {
      throw new IllegalArgumentException("tick interval must be positive, was " + interval);
    }
    var unused =
        timer.scheduleAtFixedRate(() -> tickOrLog(clock.instant()), 0, nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * One tick in every partition, in order behind what this producer sent before.
   *
   * @return what Kafka acknowledges, one a partition
   */
  public List<Future<RecordMetadata>> tick(Instant now) {
    last = now;
    byte[] value = Ticks.write(now);
    return topics.stream()
        .flatMap(topic -> partitionsOf(topic).map(p -> send(topic, p, value)))
        .toList();
  }

  /**
   * A record in each of these partitions that changes nothing but ends the waiting of who reads it:
   * Flink's Kafka reader commits between polls only, and polls a silent partition for 10 s. Repeats
   * the time of the last tick.
   */
  public void wake(Collection<TopicPartition> partitions) {
    byte[] value = Ticks.write(last);
    for (TopicPartition each : partitions) {
      byte[] key = topics.contains(each.topic()) ? null : WAKING_KEY;
      var unused = producer.send(new ProducerRecord<>(each.topic(), each.partition(), key, value));
    }
  }

  private Stream<Integer> partitionsOf(String topic) {
    return producer.partitionsFor(topic).stream().map(info -> info.partition());
  }

  private Future<RecordMetadata> send(String topic, int partition, byte[] value) {
    return producer.send(new ProducerRecord<>(topic, partition, null, value));
  }

  private void tickOrLog(Instant now) {
    try {
      var unused = tick(now);
    } catch (KafkaException e) {
      LOG.warn("no tick at {}: {}", now, e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
