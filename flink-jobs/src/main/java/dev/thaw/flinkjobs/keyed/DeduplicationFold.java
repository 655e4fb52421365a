package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.models.rolling.Deduplication;
import dev.thaw.models.rolling.SeenEvents;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lets each record pass once, at once. Those older than the lateness can't be told from repeated
 * ones and are rejected.
 *
 * @param <T> records
 */
public final class DeduplicationFold<T> implements KeyedFold<T, SeenEvents, T> {
  private static final long serialVersionUID = 1L;

  /** A key with more within the lateness is a robot; its oldest ids count as late. */
  private static final int MAX_IDS = 10_000;

  /** By which name a record is known, and when it happened. */
  public interface Identity<T> extends Serializable {
    EventId id(T record);

    Instant time(T record);
  }

  private final String job;
  private final RecordKind kind;
  private final Duration lateness;
  private final Identity<T> identity;
  private final WireFormat<T> format;
  private transient @Nullable Deduplication compiled;

  /**
   * @param job names the source of dead letters
   * @param kind of the records
   * @param lateness of records that are still accepted; at least a millisecond is
   * @param format of the input in dead letters
   */
  public DeduplicationFold(
      String job, RecordKind kind, Duration lateness, Identity<T> identity, WireFormat<T> format) {
    this.job = job;
    this.kind = kind;
    this.lateness = lateness.toMillis() < 1 ? Duration.ofMillis(1) : lateness;
    this.identity = identity;
    this.format = format;
  }

  private Deduplication deduplication() {
    if (compiled == null) {
      compiled = new Deduplication(lateness, MAX_IDS);
    }
    return compiled;
  }

  @Override
  public SeenEvents empty() {
    return deduplication().empty();
  }

  @Override
  public boolean add(String key, SeenEvents seen, T record, FoldContext<T> context) {
    long time = identity.time(record).toEpochMilli();
    switch (deduplication().judge(seen, identity.id(record), time, context.watermark())) {
      case FIRST -> context.collect(record);
      case LATE -> context.reject(late(record, context.watermark()));
      case DUPLICATE -> {}
    }
    return false;
  }

  private DeadLetter late(T record, long watermark) {
    Instant time = identity.time(record);
    Instant clock = Instant.ofEpochMilli(Math.max(watermark, time.toEpochMilli()));
    return DeadLetter.ofJob(
        job,
        kind,
        new Rejection(
            "time",
            time.toString(),
            "late: must not be older than " + clock.minus(lateness) + " at " + clock),
        format.write(record),
        clock);
  }

  @Override
  public boolean onTimer(String key, SeenEvents seen, long time, FoldContext<T> context) {
    deduplication().advanceTo(seen, time);
    return false;
  }

  @Override
  public long nextTimer(String key, SeenEvents seen) {
    long expiry = deduplication().nextExpiry(seen);
    return expiry == NEVER ? NEVER : Expiry.roundUp(expiry, lateness);
  }

  @Override
  public boolean isEmpty(String key, SeenEvents seen, long watermark) {
    return deduplication().isEmpty(seen);
  }

  @Override
  public void emit(String key, SeenEvents seen, FoldContext<T> context) {
    throw new IllegalStateException("records pass at once, nothing is left for key " + key);
  }
}
