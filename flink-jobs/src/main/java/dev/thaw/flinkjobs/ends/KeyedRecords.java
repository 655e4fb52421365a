package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireResult;
import dev.thaw.flinkjobs.streams.Arrival;
import dev.thaw.flinkjobs.streams.Change;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads a compacted topic: the newest record of each key; an empty value deletes. A record under
 * another key than its own is refused: no deletion would ever reach it. Ticks are passed over: here
 * they only wake the reader.
 */
final class KeyedRecords<T> implements KafkaRecordDeserializationSchema<Arrival<Change<T>>> {
  private static final long serialVersionUID = 1L;

  private final WireFormat<T> format;
  private final TypeInformation<T> type;
  private final RecordKey<T> keyOf;

  KeyedRecords(WireFormat<T> format, TypeInformation<T> type, RecordKey<T> keyOf) {
    this.format = format;
    this.type = type;
    this.keyOf = keyOf;
  }

  /** The key of a record. */
  @FunctionalInterface
  interface RecordKey<T> extends Serializable {
    String of(T record);
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<Arrival<Change<T>>> out) {
    if (!Ticks.isTick(record.value())) {
      out.collect(read(record));
    }
  }

  Arrival<Change<T>> read(ConsumerRecord<byte[], byte[]> record) {
    byte[] keyBytes = record.key();
    if (keyBytes == null) {
      return Arrival.dead(KafkaLetters.of(record, new Rejection("", "", "must have a key")));
    }
    String key = new String(keyBytes, StandardCharsets.UTF_8);
    byte[] value = record.value();
    if (value == null || value.length == 0) {
      return Arrival.of(new Change<>(key, null), record.timestamp());
    }
    WireResult<T> result = format.read(value, Instant.ofEpochMilli(record.timestamp()));
    if (result instanceof WireResult.Rejected<T> r) {
      return Arrival.dead(KafkaLetters.of(record, r.rejection()));
    }
    T read = result.orElseThrow();
    String own = keyOf.of(read);
    return key.equals(own)
        ? Arrival.of(new Change<>(key, read), record.timestamp())
        : Arrival.dead(
            KafkaLetters.of(record, new Rejection("", key, "must have its own key, " + own)));
  }

  @Override
  public TypeInformation<Arrival<Change<T>>> getProducedType() {
    return Arrival.type(Change.type(type));
  }
}
