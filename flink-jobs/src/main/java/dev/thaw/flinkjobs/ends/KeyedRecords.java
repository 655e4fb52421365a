package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireResult;
import dev.thaw.flinkjobs.streams.Arrival;
import dev.thaw.flinkjobs.streams.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a compacted topic: the newest record of each key; an empty value deletes. */
final class KeyedRecords<T> implements KafkaRecordDeserializationSchema<Arrival<Change<T>>> {
  private static final long serialVersionUID = 1L;

  private final WireFormat<T> format;
  private final TypeInformation<T> type;

  KeyedRecords(WireFormat<T> format, TypeInformation<T> type) {
    this.format = format;
    this.type = type;
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<Arrival<Change<T>>> out) {
    out.collect(read(record));
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
    return result instanceof WireResult.Rejected<T> r
        ? Arrival.dead(KafkaLetters.of(record, r.rejection()))
        : Arrival.of(new Change<>(key, result.orElseThrow()), record.timestamp());
  }

  @Override
  public TypeInformation<Arrival<Change<T>>> getProducedType() {
    return Arrival.type(Change.type(type));
  }
}
