package dev.thaw.models.statistics;

import java.util.Arrays;

/**
 * How many different users there were, in bounded memory and whatever their order: the {@value
 * #MAX} smallest hashes, unsigned. Exact below that; above, {@code (k - 1) / u}, {@code u} being
 * the largest of the {@code k} smallest as a share of all hashes: the k-minimum-values estimate
 * (Beyer et al., SIGMOD 2007, eq. 2), with a standard error of about {@code 1 / sqrt(k - 2)}, 4.4
 * %.
 *
 * <p>Mutable; belongs to one thread. A plain Flink POJO of at most 4 KB.
 */
public final class DistinctUsers {
  /** More than the interactions from which on an item's content is gone from its place. */
  public static final int MAX = 512;

  /** How many of {@link #smallest} are taken. */
  public int size;

  /** In ascending order, without repetition; offset so that the order is that of unsigned ones. */
  public long[] smallest = {};

  /**
   * O(log k) for a user that is known or not among the smallest.
   *
   * @return whether the user was not known
   */
  public boolean add(long hash) {
    long ordered = hash ^ Long.MIN_VALUE;
    if (size == MAX && ordered > smallest[MAX - 1]) {
      return false;
    }
    int known = Arrays.binarySearch(smallest, 0, size, ordered);
    if (known >= 0) {
      return false;
    }
    if (size == smallest.length && size < MAX) {
      smallest = Arrays.copyOf(smallest, Math.min(MAX, size + size / 2 + 2));
    }
    size = Math.min(MAX, size + 1);
    int place = -known - 1;
    System.arraycopy(smallest, place, smallest, place + 1, size - place - 1);
    smallest[place] = ordered;
    return true;
  }

  /** Never falls as users are added. */
  public long count() {
    if (size < MAX) {
      return size;
    }
    double largest = (double) smallest[MAX - 1] - (double) Long.MIN_VALUE;
    return Math.max(MAX, Math.round((MAX - 1) * 0x1p64 / largest));
  }
}
