package dev.thaw.models.metrics;

/**
 * A mean over users and its bootstrap interval.
 *
 * @param users number of values behind it
 */
public record Interval(double mean, double low, double high, int users) {
  /** Whether zero lies below the interval. */
  public boolean isAboveZero() {
    return low > 0;
  }

  @Override
  public String toString() {
    return String.format("%.4f [%.4f, %.4f]", mean, low, high);
  }
}
