package dev.thaw.models.metrics;

import java.util.function.IntPredicate;

/**
 * How good one user's list is. The list holds distinct item numbers, best first, chosen out of the
 * whole catalogue without the items the user was known to have.
 */
public final class RankingMetrics {
  private RankingMetrics() {}

  /** Hits among the first k over all relevant items; 0 if there is none. */
  public static double recall(int[] list, int k, IntPredicate relevant, int relevantItems) {
    if (relevantItems == 0) {
      return 0;
    }
    int hits = 0;
    for (int at = 0; at < Math.min(k, list.length); at++) {
      if (relevant.test(list[at])) {
        hits++;
      }
    }
    return (double) hits / relevantItems;
  }

  /**
   * Normalised discounted cumulative gain with gains of 0 or 1: {@code sum 1 / log2(place + 1)}
   * over hits, divided by its best value with {@code min(k, relevantItems)} hits. Jarvelin and
   * Kekalainen, TOIS 2002.
   */
  public static double ndcg(int[] list, int k, IntPredicate relevant, int relevantItems) {
    double gain = 0;
    for (int at = 0; at < Math.min(k, list.length); at++) {
      if (relevant.test(list[at])) {
        gain += discount(at);
      }
    }
    double best = 0;
    for (int at = 0; at < Math.min(k, relevantItems); at++) {
      best += discount(at);
    }
    return best == 0 ? 0 : gain / best;
  }

  /** One over the place of the first hit, 0 without a hit. */
  public static double reciprocalRank(int[] list, IntPredicate relevant) {
    for (int at = 0; at < list.length; at++) {
      if (relevant.test(list[at])) {
        return 1.0 / (at + 1);
      }
    }
    return 0;
  }

  /**
   * nDCG of a list against graded gains {@code 2^r - 1}, both cut at k.
   *
   * @param ratings in the order of the list
   */
  public static double gradedNdcg(double[] ratings, int k) {
    double gain = 0;
    for (int at = 0; at < Math.min(k, ratings.length); at++) {
      gain += (Math.pow(2, ratings[at]) - 1) * discount(at);
    }
    double[] sorted = ratings.clone();
    java.util.Arrays.sort(sorted);
    double best = 0;
    for (int at = 0; at < Math.min(k, sorted.length); at++) {
      best += (Math.pow(2, sorted[sorted.length - 1 - at]) - 1) * discount(at);
    }
    return best == 0 ? 0 : gain / best;
  }

  private static double discount(int at) {
    return Math.log(2) / Math.log(at + 2);
  }
}
