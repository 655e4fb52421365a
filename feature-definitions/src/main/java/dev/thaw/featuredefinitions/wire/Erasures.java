package dev.thaw.featuredefinitions.wire;

import java.time.Instant;

/**
 * Erasures as records between events: {@code {"erase":"user","id":"u1","time":"<ISO instant>"}},
 * {@code erase} first.
 */
public final class Erasures {
  private static final FirstField FIELD = new FirstField("erase");
  private static final WireFormat<Erasure> FORMAT = new StreamingFormat<>(new ErasureForm(), 4096);

  private Erasures() {}

  /** Whether the record is an erasure, well-formed or not. Reads a few bytes only. */
  public static boolean isErasure(byte[] bytes) {
    return FIELD.leads(bytes);
  }

  /** Reads a record for which {@link #isErasure} holds. */
  public static WireResult<Erasure> read(byte[] bytes) {
    return FORMAT.read(bytes, Instant.MAX);
  }

  public static byte[] write(Erasure erasure) {
    return FORMAT.write(erasure);
  }
}
