package dev.thaw.featuredefinitions.wire;

import java.time.Instant;

/**
 * Records that say only what time it is: {@code {"tick":"<ISO instant>"}}. They travel between
 * events and impressions and move the watermark where nothing else does.
 */
public final class Ticks {
  private Ticks() {}

  /** Whether the record is a tick, well-formed or not. Reads a few bytes only. */
  public static boolean isTick(byte[] bytes) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Reads a record for which {@link #isTick} holds. */
  public static WireResult<Instant> read(byte[] bytes) {
    throw new UnsupportedOperationException("not yet");
  }

  public static byte[] write(Instant time) {
    return ("{\"tick\":\"" + time + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
