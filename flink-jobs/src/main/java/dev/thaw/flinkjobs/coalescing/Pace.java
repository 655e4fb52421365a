package dev.thaw.flinkjobs.coalescing;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often the results of a key leave.
 *
 * @param interval at most once in it, in processing time
 * @param everyVersion also before a record of a later time than the result that waits: a history
 *     that is read in a minute leaves the versions it would have left as it happened
 */
public record Pace(Duration interval, boolean everyVersion) implements Serializable {

  /** Coalesced in processing time alone. */
  public static Pace of(Duration interval) {
    return new Pace(interval, false);
  }
}
