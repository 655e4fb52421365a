package dev.thaw.featuredefinitions.online.redis;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/** A row's event time, to the millisecond, as a serialized {@code google.protobuf.Timestamp}. */
final class EventTimeBytes {
  private EventTimeBytes() {}

  static byte[] encode(Instant time) {
    return message(time).toByteArray();
  }

  static Timestamp message(Instant time) {
    long millis = time.toEpochMilli();
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1000L))
        .setNanos((int) Math.floorMod(millis, 1000L) * 1_000_000)
        .build();
  }

  /**
   * @throws IllegalArgumentException if the bytes are no timestamp
   */
  static Instant decode(byte[] bytes) {
    try {
      Timestamp time = Timestamp.parseFrom(bytes);
      return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    } catch (InvalidProtocolBufferException | java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          bytes.length + " bytes are no event time: " + e.getMessage(), e);
    }
  }
}
