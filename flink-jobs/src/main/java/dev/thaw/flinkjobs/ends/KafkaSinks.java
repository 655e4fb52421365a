package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.flinkjobs.streams.Change;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sinks that write records to topics in their wire form, at least once; where {@code
 * jobs.parameters} says {@code kafka.delivery: exactly-once}, in transactions that end with each
 * checkpoint.
 */
final class KafkaSinks {
  static final String DELIVERY = "kafka.delivery";
  private static final String AT_LEAST_ONCE = "at-least-once";
  private static final String EXACTLY_ONCE = "exactly-once";

  /** Below the broker's upper bound of 15 minutes, above any checkpoint. */
  private static final int TRANSACTION_TIMEOUT_MILLIS = 10 * 60 * 1000;

  /** The job itself, among the sources that refuse records before it. */
  static final String JOB = "job";

  private final ThawConfig config;
  private final String job;
  private final Set<String> given = new HashSet<>();

  KafkaSinks(ThawConfig config, String job) {
    this.config = config;
    this.job = job;
  }

  /** The key of a record; null spreads records over the partitions. */
  @FunctionalInterface
  interface Key<T> extends Serializable {
    @Nullable String of(T record);
  }

  /** What the job itself writes to a topic. */
  <T> Sink<T> to(String topic, WireFormat<T> format, Key<T> key) {
    return to(JOB, topic, format, key);
  }

  /**
   * @param name of the sink, where a job has several to one topic
   */
  <T> Sink<T> to(String name, String topic, WireFormat<T> format, Key<T> key) {
    return to(name, topic, new Serializer<>(topic, format, key));
  }

  /** A sink of a compacted topic, which deletes by an empty value. */
  <T> Sink<Change<T>> changesTo(String topic, WireFormat<T> format) {
    return to(JOB, topic, new ChangeSerializer<>(topic, format));
  }

  /**
   * Each sink opens transactions of its own, which must not have the names of another's: the broker
   * would take the one for the other come back, and fence it. After a restart a sink finds its
   * transactions again by the same name.
   */
  private <T> Sink<T> to(String name, String topic, KafkaRecordSerializationSchema<T> serializer) {
    if (config.kafka().isEmbedded()) {
      throw new IllegalArgumentException(
          "kafka.bootstrap_servers must name a broker, as "
              + job
              + " writes to "
              + topic
              + "; was \""
              + KafkaConfig.EMBEDDED
              + '"');
    }
    String transactions = topic + "-" + job + "-" + name;
    if (!given.add(transactions)) {
      throw new IllegalStateException(
          "job " + job + " must have one sink to " + topic + " named " + name + ", asked for two");
    }
    KafkaSinkBuilder<T> builder =
        KafkaSink.<T>builder()
            .setBootstrapServers(config.kafka().bootstrapServers())
            .setKafkaProducerConfig(access())
            .setRecordSerializer(serializer)
            .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
            .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(8 * 1024 * 1024))
            .setDeliveryGuarantee(delivery());
    if (delivery() == DeliveryGuarantee.EXACTLY_ONCE) {
      builder
          .setTransactionalIdPrefix(transactions)
          .setProperty(
              ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
              Integer.toString(TRANSACTION_TIMEOUT_MILLIS));
    }
    return builder.build();
  }

  private Properties access() {
    Properties access = new Properties();
    access.putAll(config.kafka().properties());
    return access;
  }

  private DeliveryGuarantee delivery() {
    String delivery = config.jobs().parameters().getOrDefault(DELIVERY, AT_LEAST_ONCE);
    return switch (delivery) {
      case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
      case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
      default ->
          throw new IllegalArgumentException(
              "jobs.parameters "
                  + DELIVERY
                  + " must be one of "
                  + List.of(AT_LEAST_ONCE, EXACTLY_ONCE)
                  + ", was \""
                  + delivery
                  + '"');
    };
  }

  private record Serializer<T>(String topic, WireFormat<T> format, Key<T> key)
      implements KafkaRecordSerializationSchema<T> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        T record, KafkaSinkContext context, Long timestamp) {
      String keyText = key.of(record);
      byte[] keyBytes = keyText == null ? null : keyText.getBytes(StandardCharsets.UTF_8);
      return new ProducerRecord<>(topic, keyBytes, format.write(record));
    }
  }

  private record ChangeSerializer<T>(String topic, WireFormat<T> format)
      implements KafkaRecordSerializationSchema<Change<T>> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        Change<T> change, KafkaSinkContext context, Long timestamp) {
      T record = change.record;
      return new ProducerRecord<>(
          topic,
          change.key.getBytes(StandardCharsets.UTF_8),
          record == null ? null : format.write(record));
    }
  }
}
