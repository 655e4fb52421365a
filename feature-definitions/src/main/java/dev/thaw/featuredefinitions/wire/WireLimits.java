package dev.thaw.featuredefinitions.wire;

import java.io.Serializable;
import java.time.Duration;

/**
 * Bounds of public records. Lengths are in UTF-16 characters, as in Java and JSON Schema for all
 * but rare scripts; the record's own in bytes.
 *
 * @param maxRecordBytes one record, with everything in it
 * @param maxFutureSkew how far a time may lie ahead of the reader's clock
 */
public record WireLimits(int maxRecordBytes, Duration maxFutureSkew) implements Serializable {
  public static final int MAX_TITLE = 1_000;
  public static final int MAX_DESCRIPTION = 100_000;
  public static final int MAX_IMAGE = 2_000;
  public static final int MAX_CATEGORIES = 64;
  public static final int MAX_CATEGORY = 200;
  public static final int MAX_CONTEXT_ENTRIES = 32;
  public static final int MAX_ATTRIBUTES = 64;
  public static final int MAX_KEY = 64;
  public static final int MAX_TEXT_VALUE = 2_000;
  public static final int MAX_ONBOARDING_ANSWERS = 200;
  public static final int MAX_SLOTS = 1_000;

  /** 1 MiB, as Kafka's own limit for a message; five minutes for clocks that differ. */
  public static final WireLimits DEFAULT = new WireLimits(1 << 20, Duration.ofMinutes(5));

  /** Room for the largest record that the wire forms let through, escaped as a dead letter. */
  public int maxMessageBytes() {
    return 2 * maxRecordBytes + (1 << 16);
  }

  public WireLimits {
    if (maxRecordBytes < 1024) {
      throw new IllegalArgumentException(
          "max_record_bytes must be at least 1024, was " + maxRecordBytes);
    }
    if (maxFutureSkew.isNegative()) {
      throw new IllegalArgumentException(
          "max_future_skew must not be negative, was " + maxFutureSkew);
    }
  }
}
