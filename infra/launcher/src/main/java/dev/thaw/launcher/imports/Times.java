package dev.thaw.launcher.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times of lines as epoch milliseconds, from 1970 to the last year of four digits. */
final class Times {
  /** 9999-12-31T23:59:59Z. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private Times() {}

  /**
   * @throws BadLine unless the text is a whole number of seconds within the bounds
   */
  static long ofSeconds(String text) {
    long seconds = BadLine.integer("time", text);
    requireWithin(seconds >= 0 && seconds <= LAST_SECOND, LAST_SECOND, "seconds", text);
    return 1000 * seconds;
  }

  /**
   * @throws BadLine unless the text is a number of seconds, with a fraction or not, within the
   *     bounds
   */
  static long ofFractionalSeconds(String text) {
    double seconds = BadLine.number("time", text);
    requireWithin(seconds >= 0 && seconds <= LAST_SECOND, LAST_SECOND, "seconds", text);
    return Math.round(1000 * seconds);
  }

  /**
   * @throws BadLine unless the text is a whole number of milliseconds within the bounds
   */
  static long ofMillis(String text) {
    long millis = BadLine.integer("time", text);
    long last = 1000 * LAST_SECOND;
    requireWithin(millis >= 0 && millis <= last, last, "milliseconds", text);
    return millis;
  }

  /**
   * @throws BadLine unless the text is an ISO 8601 time with a zone within the bounds
   */
  static long ofIso(String text) {
    Instant time;
    try {
      time = OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException e) {
      throw new BadLine("time", "time must be like 2026-01-31T12:00:00Z, was \"" + text + "\"");
    }
    if (time.getEpochSecond() < 0 || time.getEpochSecond() > LAST_SECOND) {
      throw new BadLine("time", "time must be in the years 1970 to 9999, was \"" + text + "\"");
    }
    return time.toEpochMilli();
  }

  private static void requireWithin(boolean within, long last, String unit, String text) {
    if (!within) {
      throw new BadLine(
          "time", "time must be in [0, " + last + "] " + unit + ", was \"" + text + "\"");
    }
  }
}
