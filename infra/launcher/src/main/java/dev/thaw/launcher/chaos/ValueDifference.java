package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.online.FeatureValue;

/**
 * When two values of a feature are the same: counts and texts exactly, doubles within 1e-9 of the
 * larger, floats within 1e-6, as sums in another order of addition come out.
 */
final class ValueDifference {
  private static final double DOUBLES = 1e-9;
  private static final double FLOATS = 1e-6;

  private ValueDifference() {}

  static boolean isSame(FeatureValue a, FeatureValue b) {
    if (a instanceof FeatureValue.Float64 one && b instanceof FeatureValue.Float64 other) {
      return isNear(one.value(), other.value(), DOUBLES);
    }
    if (a instanceof FeatureValue.Float64s one && b instanceof FeatureValue.Float64s other) {
      return areNear(one.toArray(), other.toArray());
    }
    if (a instanceof FeatureValue.Float32s one && b instanceof FeatureValue.Float32s other) {
      return areNear(one.toArray(), other.toArray());
    }
    return a.equals(b);
  }

  private static boolean areNear(double[] a, double[] b) {
    boolean near = a.length == b.length;
    for (int i = 0; near && i < a.length; i++) {
      near = isNear(a[i], b[i], DOUBLES);
    }
    return near;
  }

  /** Entry by entry, against the largest of a vector's entries that could be: 1. */
  static boolean areNear(float[] a, float[] b) {
    boolean near = a.length == b.length;
    for (int i = 0; near && i < a.length; i++) {
      near = Math.abs(a[i] - b[i]) <= FLOATS * Math.max(1, Math.abs(a[i]));
    }
    return near;
  }

  private static boolean isNear(double a, double b, double relative) {
    return Double.compare(a, b) == 0
        || Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));
  }
}
