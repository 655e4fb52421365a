package dev.thaw.models.factors;

/** Bounds that all factor trainers share. */
final class FactorBounds {
  static final int MAX_RANK = 512;

  private FactorBounds() {}

  static void check(int rank, double lambda, int sweeps) {
    if (rank < 1 || rank > MAX_RANK) {
      throw new IllegalArgumentException("rank must be in [1, " + MAX_RANK + "], was " + rank);
    }
    if (!(lambda > 0)) {
      throw new IllegalArgumentException("lambda must be > 0, was " + lambda);
    }
    if (sweeps < 1) {
      throw new IllegalArgumentException("sweeps must be >= 1, was " + sweeps);
    }
  }

  static void checkShrinkage(double item, double user) {
    if (!(item >= 0) || !(user > 0)) {
      throw new IllegalArgumentException(
          "needs itemShrinkage >= 0 and userShrinkage > 0, was " + item + ", " + user);
    }
  }

  static void checkFoldIn(double lambda) {
    if (!(lambda > 0)) {
      throw new IllegalArgumentException("foldInLambda must be > 0, was " + lambda);
    }
  }
}
