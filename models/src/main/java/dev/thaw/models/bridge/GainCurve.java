package dev.thaw.models.bridge;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What a bridge gains over its fallback by the length of the source history: isotonic regression
 * over the length (pool adjacent violators, Barlow et al. 1972; the same over its logarithm), each
 * level drawn towards the mean gain as if by {@value #PSEUDO_USERS} further users. Longer histories
 * say no less, so that a dip in the middle is chance.
 */
final class GainCurve {
  private static final double PSEUDO_USERS = 40;

  private final int[] from;
  private final double[] level;
  private final int longest;

  private GainCurve(int[] from, double[] level, int longest) {
    this.from = from;
    this.level = level;
    this.longest = longest;
  }

  /**
   * @param lengths of the users' source histories
   * @param gains of the same users
   */
  static GainCurve fit(int[] lengths, double[] gains) {
    Integer[] order = new Integer[lengths.length];
    Arrays.setAll(order, u -> u);
    Arrays.sort(order, Comparator.comparingInt(u -> lengths[u]));
    int[] from = new int[lengths.length];
    double[] sum = new double[lengths.length];
    int[] users = new int[lengths.length];
    int blocks = 0;
    for (int u : order) {
      boolean sameLength = blocks > 0 && from[blocks - 1] == lengths[u];
      if (!sameLength) {
        from[blocks++] = lengths[u];
        sum[blocks - 1] = 0;
        users[blocks - 1] = 0;
      }
      sum[blocks - 1] += gains[u];
      users[blocks - 1]++;
    }
    blocks = pool(from, sum, users, blocks);
    double mean = Arrays.stream(gains).average().orElse(0);
    double[] level = new double[blocks];
    for (int b = 0; b < blocks; b++) {
      level[b] = (sum[b] + PSEUDO_USERS * mean) / (users[b] + PSEUDO_USERS);
    }
    int longest = Arrays.stream(lengths).max().orElse(0);
    return new GainCurve(Arrays.copyOf(from, blocks), monotone(level), longest);
  }

  /** The number of blocks that are left when none has a lower mean than the one before. */
  private static int pool(int[] from, double[] sum, int[] users, int blocks) {
    int kept = 0;
    for (int b = 0; b < blocks; b++) {
      from[kept] = from[b];
      sum[kept] = sum[b];
      users[kept] = users[b];
      kept++;
      while (kept > 1 && sum[kept - 1] / users[kept - 1] <= sum[kept - 2] / users[kept - 2]) {
        sum[kept - 2] += sum[kept - 1];
        users[kept - 2] += users[kept - 1];
        kept--;
      }
    }
    return kept;
  }

  /** Blocks of unlike size are drawn unlike far, which may turn two of them round. */
  private static double[] monotone(double[] level) {
    for (int b = 1; b < level.length; b++) {
      level[b] = Math.max(level[b], level[b - 1]);
    }
    return level;
  }

  /** Expected gain; that of the shortest length seen below it, 0 where nobody was seen. */
  double at(int length) {
    double gain = level.length == 0 ? 0 : level[0];
    for (int b = 0; b < from.length && from[b] <= length; b++) {
      gain = level[b];
    }
    return gain;
  }

  /**
   * The shortest history with a gain above zero, at least 1; beyond the longest if there is none.
   */
  int least() {
    for (int b = 0; b < level.length; b++) {
      if (level[b] > 0) {
        return b == 0 ? 1 : Math.max(1, from[b]);
      }
    }
    return longest + 1;
  }
}
