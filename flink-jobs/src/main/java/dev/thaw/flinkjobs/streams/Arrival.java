package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a source read: a valid record, a tick, an erasure or a dead letter; exactly one of them. A
 * plain Flink POJO; not changed after it was made.
 *
 * @param <T> type of the records
 */
public final class Arrival<T> {
  /** A valid record, else null. */
  public @Nullable T record;

  /** Event time of the record or the instant of the tick, epoch milliseconds. */
  public long time;

  /** What could not be used, else null. */
  public @Nullable DeadLetter dead;

  /** That a user or an item was deleted, else null. */
  public @Nullable Erasure erasure;

  /** For Flink. */
  public Arrival() {}

  private Arrival(@Nullable T record, long time, @Nullable DeadLetter dead) {
    this.record = record;
    this.time = time;
    this.dead = dead;
  }

  public static <T> Arrival<T> of(T record, long time) {
    return new Arrival<>(Objects.requireNonNull(record), time, null);
  }

  /** The clock has reached this instant. */
  public static <T> Arrival<T> tick(long time) {
    return new Arrival<>(null, time, null);
  }

  public static <T> Arrival<T> erasure(Erasure erasure) {
    Arrival<T> arrival = tick(erasure.time().toEpochMilli());
    arrival.erasure = erasure;
    return arrival;
  }

  public static <T> Arrival<T> dead(DeadLetter letter) {
    return new Arrival<>(null, letter.time().toEpochMilli(), Objects.requireNonNull(letter));
  }

  /** Whether {@link #time} says something about event time. */
  public boolean movesClock() {
    return dead == null;
  }

  /** Whether it does nothing but that: a tick or an erasure. */
  public boolean isClockOnly() {
    return record == null && dead == null;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  public static <T> TypeInformation<Arrival<T>> type(TypeInformation<T> record) {
    Map<String, TypeInformation<?>> fields = new HashMap<>();
    fields.put("record", record);
    fields.put("time", Types.LONG);
    fields.put("dead", StreamTypes.DEAD_LETTER);
    fields.put("erasure", StreamTypes.ERASURE);
    return (TypeInformation) Types.POJO(Arrival.class, fields);
  }
}
