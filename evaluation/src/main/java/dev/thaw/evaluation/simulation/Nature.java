package dev.thaw.evaluation.simulation;

import java.util.SplittableRandom;

/**
 * What happens by chance: whether showing an arm in a round is rewarded depends on seed, round and
 * arm alone, so that contenders who show the same are given the same and differences between them
 * are of fewer rounds than their sums. Streams of other seeds, rounds, arms or purposes have
 * nothing to do with each other: all four go through a finaliser, since the streams of neighbouring
 * seeds of {@link SplittableRandom} are each other's, a step on. Immutable.
 */
record Nature(long seed, Purpose purpose) {
  /** Whose chance it is. */
  enum Purpose {
    WORLD,
    LOOP
  }

  static Nature ofWorld(long seed) {
    return new Nature(seed, Purpose.WORLD);
  }

  static Nature ofLoop(long seed) {
    return new Nature(seed, Purpose.LOOP);
  }

  boolean rewards(int round, int arm, double chance) {
    return of(round, arm).nextDouble() < chance;
  }

  /** Random numbers of one cell. */
  SplittableRandom of(int round, int arm) {
    return new SplittableRandom(mixed(mixed(mixed(mixed(seed) + purpose.ordinal()) + round) + arm));
  }

  /** David Stafford's thirteenth variant of MurmurHash3's 64-bit finaliser. */
  private static long mixed(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
