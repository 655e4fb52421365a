package dev.thaw.serving.eventlog;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka with {@code acks=all} and an idempotent producer. */
public final class KafkaSender implements RecordSender {
  private final KafkaProducer<String, byte[]> producer;

  private KafkaSender(KafkaProducer<String, byte[]> producer) {
    this.producer = producer;
  }

  /**
   * @param patience a record that is not acknowledged after this long has failed
   * @param maxRecordBytes a longer record is refused
   */
  public static KafkaSender connect(KafkaConfig kafka, Duration patience, int maxRecordBytes) {
    int millis = Math.toIntExact(patience.toMillis());
    return new KafkaSender(
        new KafkaProducer<>(
            kafka.client(
                Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    ProducerConfig.LINGER_MS_CONFIG,
                    2,
                    ProducerConfig.BATCH_SIZE_CONFIG,
                    256 * 1024,
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                    maxRecordBytes,
                    ProducerConfig.COMPRESSION_TYPE_CONFIG,
                    "lz4",
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    millis / 2,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    millis - 10,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    millis)),
            new StringSerializer(),
            new ByteArraySerializer()));
  }

  @Override
  public CompletableFuture<Void> send(List<LogRecord> records) {
    CompletableFuture<Void> all = new CompletableFuture<>();
    if (records.isEmpty()) {
      all.complete(null);
      return all;
    }
    AtomicInteger open = new AtomicInteger(records.size());
    for (LogRecord each : records) {
      if (all.isCompletedExceptionally()) {
        break;
      }
      try {
        producer.send(
            new ProducerRecord<>(each.topic(), each.key(), each.value()),
            (metadata, failure) -> {
              if (failure != null) {
                all.completeExceptionally(named(each, failure));
              } else if (open.decrementAndGet() == 0) {
                all.complete(null);
              }
            });
      } catch (RuntimeException refused) {
        all.completeExceptionally(named(each, refused));
      }
    }
    return all;
  }

  /** Tells what is wrong with the record itself from what is wrong with the way to the broker. */
  private static Throwable named(LogRecord record, Throwable failure) {
    return failure instanceof RecordTooLargeException
            || failure instanceof InvalidTimestampException
            || failure instanceof InvalidRecordException
            || failure instanceof SerializationException
        ? new RecordRefusedException(record, failure)
        : failure;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
