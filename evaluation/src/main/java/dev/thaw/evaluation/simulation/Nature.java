package dev.thaw.evaluation.simulation;

import java.util.SplittableRandom;

/**
 * What happens by chance in a world: whether showing an arm in a round is rewarded depends on seed,
 * round and arm alone, so that contenders who show the same are given the same and differences
 * between them are of fewer rounds than their sums. Immutable.
 */
record Nature(long seed) {
  private static final long ROUND = 0x9e3779b97f4a7c15L;
  private static final long ARM = 0xc2b2ae3d27d4eb4fL;

  boolean rewards(int round, int arm, double chance) {
    return of(round, arm).nextDouble() < chance;
  }

  /** Random numbers of one cell. */
  SplittableRandom of(int round, int arm) {
    return new SplittableRandom(seed + ROUND * (round + 1L) ^ ARM * (arm + 1L));
  }
}
