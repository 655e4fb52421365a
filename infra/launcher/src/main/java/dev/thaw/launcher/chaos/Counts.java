package dev.thaw.launcher.chaos;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What became of requests.
 *
 * @param retried answered by the second server they were sent to
 * @param errors answered by none, or with what is no recommendation
 * @param empty answers without an item
 * @param degraded how many answers had this name in {@code degraded}
 * @param p50 milliseconds, retries included
 * @param p99 likewise
 */
public record Counts(
    long requests,
    long retried,
    long errors,
    long empty,
    Map<String, Long> degraded,
    double p50,
    double p99) {

  /** Adds up until it is read and reset. Thread-safe. */
  static final class Sum {
    private static final long HIGHEST_MICROS = 60_000_000;

    private final Histogram micros = new Histogram(HIGHEST_MICROS, 3);
    private final Map<String, Long> degraded = new TreeMap<>();
    private long retried;
    private long errors;
    private long empty;

    synchronized void took(long nanos) {
      micros.recordValue(Math.min(HIGHEST_MICROS, nanos / 1_000));
    }

    synchronized void failed() {
      errors++;
    }

    synchronized void answered(boolean atSecondTry, int items, Iterable<String> names) {
      retried += atSecondTry ? 1 : 0;
      empty += items == 0 ? 1 : 0;
      names.forEach(name -> degraded.merge(name, 1L, Long::sum));
    }

    /** What came since the last time. */
    synchronized Counts cut() {
      Counts counts =
          new Counts(
              micros.getTotalCount(),
              retried,
              errors,
              empty,
              Map.copyOf(degraded),
              micros.getValueAtPercentile(50) / 1e3,
              micros.getValueAtPercentile(99) / 1e3);
      micros.reset();
      degraded.clear();
      retried = 0;
      errors = 0;
      empty = 0;
      return counts;
    }
  }
}
