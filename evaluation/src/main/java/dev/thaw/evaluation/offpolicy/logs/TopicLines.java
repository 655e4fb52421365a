package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.Erasures;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireResult;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a topic holds, line by line: records of one kind, and between them ticks and erasures, of
 * which the time alone counts here.
 *
 * @param form of the records
 * @param time of a record
 */
record TopicLines<T>(WireFormat<T> form, RecordTime<T> time)
    implements WireFormat<TopicLines.Line<T>> {

  /** When a record happened. */
  interface RecordTime<T> extends Function<T, Instant>, Serializable {}

  /**
   * @param record null where the line says only what time it is
   */
  record Line<T>(@Nullable T record, Instant time) {}

  @Override
  public WireResult<Line<T>> read(byte[] bytes, int offset, int length, Instant now) {
    byte[] line = Arrays.copyOfRange(bytes, offset, offset + length);
    if (Ticks.isTick(line)) {
      return map(Ticks.read(line), tick -> new Line<>(null, tick));
    }
    if (Erasures.isErasure(line)) {
      return map(Erasures.read(line), (Erasure erasure) -> new Line<>(null, erasure.time()));
    }
    return map(form.read(line, now), record -> new Line<>(record, time.apply(record)));
  }

  private static <A, B> WireResult<B> map(WireResult<A> result, Function<A, B> change) {
    return result instanceof WireResult.Rejected<A> rejected
        ? new WireResult.Rejected<>(rejected.rejection())
        : new WireResult.Accepted<>(change.apply(result.orElseThrow()));
  }

  @Override
  public byte[] write(Line<T> line) {
    T record = line.record();
    return record == null ? Ticks.write(line.time()) : form.write(record);
  }

  @Override
  public int maxRecordBytes() {
    return form.maxRecordBytes();
  }
}
