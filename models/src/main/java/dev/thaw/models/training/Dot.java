package dev.thaw.models.training;

/** Inner products of parts of arrays. */
public final class Dot {
  private Dot() {}

  /** Four sums side by side, since a single one waits for each addition. O(n). */
  public static double of(double[] a, int aFrom, double[] b, int bFrom, int n) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      first += a[aFrom + i] * b[bFrom + i];
      second += a[aFrom + i + 1] * b[bFrom + i + 1];
      third += a[aFrom + i + 2] * b[bFrom + i + 2];
      fourth += a[aFrom + i + 3] * b[bFrom + i + 3];
    }
    for (; i < n; i++) {
      first += a[aFrom + i] * b[bFrom + i];
    }
    return first + second + (third + fourth);
  }
}
