package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.Erasures;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.featuredefinitions.wire.WireResult;
import dev.thaw.flinkjobs.streams.Arrival;
import java.time.Instant;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads a topic of records, ticks and erasures. How far in the future a time may lie is measured
 * from when Kafka appended the record, so that reading it again gives the same verdict.
 */
final class TimedRecords<T> implements KafkaRecordDeserializationSchema<Arrival<T>> {
  private static final long serialVersionUID = 1L;

  private final WireFormat<T> format;
  private final EventTime<T> eventTime;
  private final WireLimits limits;
  private final TypeInformation<T> type;

  TimedRecords(
      WireFormat<T> format, EventTime<T> eventTime, WireLimits limits, TypeInformation<T> type) {
    this.format = format;
    this.eventTime = eventTime;
    this.limits = limits;
    this.type = type;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Arrival<T>> out) {
    out.collect(read(record));
  }

  Arrival<T> read(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    Instant appended = Instant.ofEpochMilli(record.timestamp());
    if (value == null) {
      return Arrival.dead(
          KafkaLetters.of(record, new Rejection("", "", "must have a value, was null")));
    }
    if (Ticks.isTick(value)) {
      return control(
          record, "tick", Ticks.read(value), tick -> tick, t -> Arrival.tick(t.toEpochMilli()));
    }
    if (Erasures.isErasure(value)) {
      return control(record, "time", Erasures.read(value), Erasure::time, Arrival::erasure);
    }
    WireResult<T> result = format.read(value, appended);
    if (result instanceof WireResult.Rejected<T> r) {
      return Arrival.dead(KafkaLetters.of(record, r.rejection()));
    }
    T read = result.orElseThrow();
    return Arrival.of(read, eventTime.of(read).toEpochMilli());
  }

  /** What is no record of the topic but moves its clock. */
  private <C> Arrival<T> control(
      ConsumerRecord<byte[], byte[]> record,
      String field,
      WireResult<C> result,
      Function<C, Instant> timeOf,
      Function<C, Arrival<T>> arrival) {
    if (result instanceof WireResult.Rejected<C> r) {
      return Arrival.dead(KafkaLetters.of(record, r.rejection()));
    }
    C control = result.orElseThrow();
    Instant time = timeOf.apply(control);
    Instant bound = Instant.ofEpochMilli(record.timestamp()).plus(limits.maxFutureSkew());
    if (time.isAfter(bound)) {
      return Arrival.dead(
          KafkaLetters.of(
              record, new Rejection(field, time.toString(), "must not be after " + bound)));
    }
    return arrival.apply(control);
  }

  @Override
  public TypeInformation<Arrival<T>> getProducedType() {
    return Arrival.type(type);
  }
}
