package dev.thaw.flinkjobs.coalescing;

import java.time.Duration;

/**
 * The time for which changes of a key may wait on their way to the store, shared by the two places
 * where they do: a change comes to one just after its flush, and from there to the other just after
 * its own.
 *
 * @param results longest wait for the results of a key
 * @param store longest wait of rows before they are written
 */
public record Coalescing(Duration results, Duration store) {

  /** Half for each; together never more than the whole. */
  public static Coalescing within(Duration whole) {
    Duration results = whole.dividedBy(2);
    return new Coalescing(results, whole.minus(results));
  }
}
