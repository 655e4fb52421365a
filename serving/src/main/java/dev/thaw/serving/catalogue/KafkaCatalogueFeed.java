package dev.thaw.serving.catalogue;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic of items, read from its beginning by one thread and followed for ever,
 * without a consumer group: every server needs all of it. Records that can't be used are logged and
 * skipped; the jobs keep them as dead letters.
 */
public final class KafkaCatalogueFeed implements CatalogueFeed {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaCatalogueFeed.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConfig kafka;
  private final String topic;
  private final WireFormat<CatalogueItem> format;
  private final InstantSource clock;
  private volatile boolean caughtUp;
  private volatile boolean closing;
  private final Thread thread;
  private volatile Catalogue catalogue = new Catalogue(List.of());

  public KafkaCatalogueFeed(
      KafkaConfig kafka, String topic, WireFormat<CatalogueItem> format, InstantSource clock) {
    this.kafka = kafka;
    this.topic = topic;
    this.format = format;
    this.clock = clock;
    this.thread = new Thread(this::run, "catalogue-feed");
    thread.setDaemon(true);
  }

  @Override
  public void follow(Catalogue into) {
    catalogue = into;
    thread.start();
  }

  @Override
  public boolean isCaughtUp() {
    return caughtUp;
  }

  private void run() {
    while (!closing) {
      try (KafkaConsumer<String, byte[]> consumer = consumer()) {
        follow(consumer);
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("the catalogue topic can't be read, trying again: {}", e.toString());
        pause();
      }
    }
  }

  private void follow(KafkaConsumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!closing) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        apply(record);
      }
      if (!caughtUp) {
        caughtUp =
            partitions.stream()
                .allMatch(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
      }
    }
  }

  private void apply(ConsumerRecord<String, byte[]> record) {
    try {
      if (record.value() == null || record.value().length == 0) {
        catalogue.delete(ItemId.of(record.key()));
        return;
      }
      if (Ticks.isTick(record.value())) {
        return;
      }
      WireResult<CatalogueItem> result = format.read(record.value(), clock.instant());
      if (result instanceof WireResult.Accepted<CatalogueItem> item) {
        catalogue.put(item.value());
      } else if (result instanceof WireResult.Rejected<CatalogueItem> bad) {
        LOG.warn("item {} is left out: {}", record.key(), bad.rejection());
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("item {} is left out: {}", record.key(), e.getMessage());
    }
  }

  private void pause() {
    try {
      Thread.sleep(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        kafka.client(
            Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest")),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
