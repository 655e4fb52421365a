package dev.thaw.models.metrics;

/** Errors of predicted ratings. Mutable; one thread. */
public final class RatingErrors {
  private long n;
  private double absolute;
  private double squared;

  public void add(double predicted, double actual) {
    double error = predicted - actual;
    n++;
    absolute += Math.abs(error);
    squared += error * error;
  }

  public void add(RatingErrors other) {
    n += other.n;
    absolute += other.absolute;
    squared += other.squared;
  }

  public long count() {
    return n;
  }

  /** Mean absolute error, NaN without ratings. */
  public double mae() {
    return absolute / n;
  }

  /** Root mean squared error, NaN without ratings. */
  public double rmse() {
    return Math.sqrt(squared / n);
  }
}
