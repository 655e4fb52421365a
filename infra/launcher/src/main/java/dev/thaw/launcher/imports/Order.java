package dev.thaw.launcher.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Times for data that has none: a seeded random order, spread evenly over a span. A split in time
 * of such data is a random split; the order is written down so that every run has the same.
 *
 * @param end time just after the last interaction
 * @param span from the first to the end
 */
public record Order(long seed, Instant end, Duration span) {

  /** A year that ends with 2020. */
  public static Order seeded(long seed) {
    return new Order(seed, Instant.parse("2021-01-01T00:00:00Z"), Duration.ofDays(366));
  }

  public Order {
    if (span.isNegative() || span.isZero()) {
      throw new IllegalArgumentException("span must be positive, was " + span);
    }
    if (span.compareTo(Duration.between(Instant.EPOCH, end)) > 0) {
      throw new IllegalArgumentException(
          "the order must begin in 1970 or later, was " + span + " before " + end);
    }
  }

  /** Gives every untimed row its time. O(n). */
  void apply(InteractionTable table, RandomGenerator random) {
    int untimed = table.untimed();
    if (untimed == 0) {
      return;
    }
    int[] places = permutation(untimed, random);
    long first = end.minus(span).toEpochMilli();
    double step = (double) span.toMillis() / untimed;
    int seen = 0;
    for (int row = 0; row < table.size(); row++) {
      if (table.time(row) == InteractionTable.UNTIMED) {
        table.setTime(row, first + (long) (places[seen++] * step));
      }
    }
  }

  Map<String, Object> provenance(int untimed) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("untimed_events", untimed);
    m.put("order", untimed > 0 ? "seeded random order, evenly spaced" : "times of the data");
    if (untimed > 0) {
      m.put("seed", seed);
      m.put("from", end.minus(span).toString());
      m.put("end", end.toString());
    }
    return m;
  }

  /** Fisher and Yates. */
  private static int[] permutation(int n, RandomGenerator random) {
    int[] places = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      places[i] = places[j];
      places[j] = i;
    }
    return places;
  }
}
