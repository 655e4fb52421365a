package dev.thaw.featuredefinitions.wire;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The JSON form of one kind of record. Reading is strict: unknown fields, duplicate fields, wrong
 * types and values out of bounds are rejected with field, value and bound. Thread-safe.
 */
public interface WireFormat<T> extends Serializable {

  /**
   * Reads one JSON object.
   *
   * @param now what the clock says; times further ahead than the allowed skew are rejected, and a
   *     catalogue item or profile without a time gets this one; {@link Instant#MAX} where any time
   *     is right
   */
  WireResult<T> read(byte[] bytes, int offset, int length, Instant now);

  /** One line without its end, in UTF-8; {@link #read} gives an equal value back. */
  byte[] write(T value);

  /** Longer records are rejected unread. */
  int maxRecordBytes();

  default WireResult<T> read(byte[] bytes, Instant now) {
    return read(bytes, 0, bytes.length, now);
  }

  default WireResult<T> read(String json, Instant now) {
    return read(json.getBytes(StandardCharsets.UTF_8), now);
  }

  default String writeText(T value) {
    return new String(write(value), StandardCharsets.UTF_8);
  }
}
