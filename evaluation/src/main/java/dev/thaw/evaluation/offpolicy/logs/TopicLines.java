package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.Erasures;
import dev.thaw.featuredefinitions.wire.Ticks;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a topic holds, line by line: records of one kind, and between them ticks and erasures, of
 * which the time alone counts here.
 *
 * @param form of the records
 */
record TopicLines<T>(WireFormat<T> form) implements WireFormat<TopicLines.Line<T>> {

  /** One of both. */
  record Line<T>(@Nullable T record, @Nullable Instant tick) {
    void take(Consumer<T> records, Consumer<Instant> ticks) {
      if (record != null) {
        records.accept(record);
      }
      if (tick != null) {
        ticks.accept(tick);
      }
    }
  }

  @Override
  public WireResult<Line<T>> read(byte[] bytes, int offset, int length, Instant now) {
    byte[] line = Arrays.copyOfRange(bytes, offset, offset + length);
    if (Ticks.isTick(line)) {
      return map(Ticks.read(line), TopicLines::tick);
    }
    if (Erasures.isErasure(line)) {
      return map(Erasures.read(line), (Erasure erasure) -> tick(erasure.time()));
    }
    return map(form.read(line, now), record -> new Line<>(record, null));
  }

  private static <T> Line<T> tick(Instant time) {
    return new Line<>(null, time);
  }

  private static <A, B> WireResult<B> map(WireResult<A> result, Function<A, B> change) {
    return result instanceof WireResult.Rejected<A> rejected
        ? new WireResult.Rejected<>(rejected.rejection())
        : new WireResult.Accepted<>(change.apply(result.orElseThrow()));
  }

  @Override
  public byte[] write(Line<T> line) {
    T record = line.record();
    return record == null ? Ticks.write(Objects.requireNonNull(line.tick())) : form.write(record);
  }

  @Override
  public int maxRecordBytes() {
    return form.maxRecordBytes();
  }
}
