package dev.thaw.launcher.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The clock of an installation. Data that ended long ago is served as if its last event had just
 * happened, else every window would be empty and every event old; data that goes on to the present
 * is served by the wall clock.
 *
 * @param offset what is added to the wall clock, zero or negative
 */
public record DataClock(Duration offset, InstantSource wall) implements InstantSource {
  private static final Duration LONG_AGO = Duration.ofHours(1);

  /**
   * @param endOfData time of the last event
   */
  public static DataClock following(Instant endOfData, InstantSource wall) {
    Duration since = Duration.between(endOfData, wall.instant().truncatedTo(ChronoUnit.MILLIS));
    return new DataClock(since.compareTo(LONG_AGO) > 0 ? since.negated() : Duration.ZERO, wall);
  }

  @Override
  public Instant instant() {
    return wall.instant().truncatedTo(ChronoUnit.MILLIS).plus(offset);
  }

  public boolean isWallClock() {
    return offset.isZero();
  }

  /** One sentence for people. */
  public String describe() {
    return isWallClock()
        ? "The clock is the wall clock."
        : "The data ended long ago: the clock is set back by "
            + offset.abs().toDays()
            + " days, to "
            + instant()
            + ".";
  }
}
