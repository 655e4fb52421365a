package dev.thaw.featuredefinitions.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records that say only what time it is: {@code {"tick":"<ISO instant>"}}. They travel between
 * events and impressions and move the watermark where nothing else does; in compacted topics, under
 * the key {@value #KEY}, they say nothing and only wake a reader that waits for records.
 */
public final class Ticks {
  /** Key of a tick in a compacted topic. */
  public static final String KEY = "tick";

  private static final FirstField FIELD = new FirstField("tick");
  private static final WireFormat<Instant> FORMAT = new StreamingFormat<>(new TickForm(), 1024);

  private Ticks() {}

  /** Whether the record is a tick, well-formed or not. Reads a few bytes only. */
  public static boolean isTick(byte @Nullable [] bytes) {
    return bytes != null && FIELD.leads(bytes);
  }

  /** Reads a record for which {@link #isTick} holds. */
  public static WireResult<Instant> read(byte[] bytes) {
    return FORMAT.read(bytes, Instant.MAX);
  }

  public static byte[] write(Instant time) {
    return FORMAT.write(time);
  }
}
