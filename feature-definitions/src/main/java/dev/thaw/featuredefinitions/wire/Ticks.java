package dev.thaw.featuredefinitions.wire;

import java.time.Instant;

/**
 * Records that say only what time it is: {@code {"tick":"<ISO instant>"}}. They travel between
 * events and impressions and move the watermark where nothing else does.
 */
public final class Ticks {
  private static final FirstField FIELD = new FirstField("tick");
  private static final WireFormat<Instant> FORMAT = new StreamingFormat<>(new TickForm(), 1024);

  private Ticks() {}

  /** Whether the record is a tick, well-formed or not. Reads a few bytes only. */
  public static boolean isTick(byte[] bytes) {
    return FIELD.leads(bytes);
  }

  /** Reads a record for which {@link #isTick} holds. */
  public static WireResult<Instant> read(byte[] bytes) {
    return FORMAT.read(bytes, Instant.MAX);
  }

  public static byte[] write(Instant time) {
    return FORMAT.write(time);
  }
}
