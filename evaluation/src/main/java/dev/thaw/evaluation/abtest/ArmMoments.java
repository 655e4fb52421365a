package dev.thaw.evaluation.abtest;

/** Running mean and variance of one value a user (Welford 1962). Not thread-safe. */
public final class ArmMoments {
  private int users;
  private double mean;
  private double squares;

  public void add(double value) {
    users++;
    double before = value - mean;
    mean += before / users;
    squares += before * (value - mean);
  }

  public int users() {
    return users;
  }

  /** 0 without users. */
  double mean() {
    return mean;
  }

  /** Unbiased; infinite for fewer than two users. */
  double variance() {
    return users < 2 ? Double.POSITIVE_INFINITY : squares / (users - 1);
  }
}
