package dev.thaw.featuredefinitions.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Records that say only what time it is: {@code {"tick":"<ISO instant>"}}. They travel between
 * events and impressions and move the watermark where nothing else does.
 */
public final class Ticks {
  private static final byte[] FIELD = "\"tick\"".getBytes(StandardCharsets.US_ASCII);
  private static final WireFormat<Instant> FORMAT = new StreamingFormat<>(new TickForm(), 1024);

  private Ticks() {}

  /** Whether the record is a tick, well-formed or not. Reads a few bytes only. */
  public static boolean isTick(byte[] bytes) {
    int at = skipBlanks(bytes, 0);
    if (at == bytes.length || bytes[at] != '{') {
      return false;
    }
    at = skipBlanks(bytes, at + 1);
    return at + FIELD.length <= bytes.length
        && java.util.Arrays.equals(bytes, at, at + FIELD.length, FIELD, 0, FIELD.length);
  }

  /** Reads a record for which {@link #isTick} holds. */
  public static WireResult<Instant> read(byte[] bytes) {
    return FORMAT.read(bytes, Instant.MAX);
  }

  public static byte[] write(Instant time) {
    return FORMAT.write(time);
  }

  private static int skipBlanks(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length
        && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    return at;
  }
}
