package dev.thaw.launcher.deadletters;

import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Of when the newest record of each key of a compacted topic is; a deletion is of when Kafka took
 * it. Compaction keeps what came last, whenever it is of: an older record must not be appended. The
 * topic is read when the first record is asked about. Not thread-safe.
 */
final class NewestRecords<T> {
  private final WireFormat<T> format;
  private final Function<T, Instant> time;
  private final Consumer<Consumer<ConsumerRecord<byte[], byte[]>>> topic;
  private @Nullable Map<String, Instant> newest;

  /**
   * @param topic gives its records to a consumer
   */
  NewestRecords(
      WireFormat<T> format,
      Function<T, Instant> time,
      Consumer<Consumer<ConsumerRecord<byte[], byte[]>>> topic) {
    this.format = format;
    this.time = time;
    this.topic = topic;
  }

  /**
   * Counts the record among the topic's if it is not older than what the topic has of its key.
   *
   * @return why it must not be appended
   */
  Optional<Rejection> add(String key, T record) {
    Instant at = time.apply(record);
    Instant known = newest().merge(key, at, NewestRecords::later);
    return known.isAfter(at)
        ? Optional.of(
            new Rejection(
                "time",
                at.toString(),
                "must not be older than the newest record of \"" + key + "\", of " + known))
        : Optional.empty();
  }

  private Map<String, Instant> newest() {
    if (newest == null) {
      Map<String, Instant> read = new HashMap<>();
      topic.accept(record -> read(record, read));
      newest = read;
    }
    return newest;
  }

  private void read(ConsumerRecord<byte[], byte[]> record, Map<String, Instant> into) {
    if (record.key() == null) {
      return;
    }
    Instant taken = Instant.ofEpochMilli(record.timestamp());
    Instant at = taken;
    if (record.value() != null && record.value().length > 0) {
      if (!(format.read(record.value(), taken) instanceof WireResult.Accepted<T> accepted)) {
        return;
      }
      at = time.apply(accepted.value());
    }
    into.merge(new String(record.key(), StandardCharsets.UTF_8), at, NewestRecords::later);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
