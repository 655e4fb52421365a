package dev.thaw.models.metrics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Step-down correction of several tests (Holm, Scandinavian Journal of Statistics 1979). */
public final class Holm {
  private Holm() {}

  /**
   * Adjusted p-values in the order given: rejecting those at or below alpha keeps the chance of any
   * false rejection at or below alpha, whatever depends on whatever. O(m log m).
   *
   * @param pValues each in [0, 1]
   */
  public static double[] adjusted(double... pValues) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("p-value must be in [0, 1], was " + p);
      }
    }
    int[] ascending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(test -> pValues[test]))
            .mapToInt(test -> test)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double highest = 0;
    for (int at = 0; at < ascending.length; at++) {
      double scaled = (ascending.length - at) * pValues[ascending[at]];
      highest = Math.max(highest, Math.min(1, scaled));
      adjusted[ascending[at]] = highest;
    }
    return adjusted;
  }
}
