package dev.thaw.models.ranking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One order out of several lists of candidates: by the sum of their scores, each list's brought to
 * mean zero and variance one (CombSUM, Fox and Shaw, TREC-2 1994; standardised as by Montague and
 * Aslam, CIKM 2001). An item that a list lacks counts with that list's lowest score. Lists weigh
 * the same but for what is known from another domain ({@link #weightBeside}): weights chosen on a
 * few hundred users would vary more than they gain. Not thread-safe.
 *
 * @param <T> an item
 */
public final class ScoreFusion<T> {
  /**
   * Candidates of each list that are fused: the standardised scores depend on how many there are.
   */
  public static final int DEPTH = 100;

  private final Map<T, Double> sums = new LinkedHashMap<>();

  /**
   * Of a list from another domain, beside one from likes in this domain: as much as one like, since
   * what n independent ones say grows as the root of n. With 1, 3, 5 and 10 likes of held-out users
   * of the Amazon domains it lay near the fixed weight that did best there; none did for all of
   * them.
   */
  public static double weightBeside(int likes) {
    return 1 / Math.sqrt(Math.max(1, likes));
  }

  /** Adds a list that weighs one. */
  public ScoreFusion<T> add(List<T> items, double[] scores) {
    return add(items, scores, 1);
  }

  /**
   * Adds a list. O(items).
   *
   * @param scores finite, one per item
   * @param weight of the list
   */
  public ScoreFusion<T> add(List<T> items, double[] scores, double weight) {
    if (items.size() != scores.length) {
      throw new IllegalArgumentException(
          "every item needs one score, were " + items.size() + " and " + scores.length);
    }
    double mean = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (double score : scores) {
      mean += score / scores.length;
      lowest = Math.min(lowest, score);
    }
    double variance = 0;
    for (double score : scores) {
      variance += (score - mean) * (score - mean) / scores.length;
    }
    // scores that are all alike say nothing
    double times = variance > 0 ? weight / Math.sqrt(variance) : 0;
    for (int i = 0; i < scores.length; i++) {
      sums.merge(items.get(i), (scores[i] - lowest) * times, Double::sum);
    }
    return this;
  }

  /** Items by their sums above those of an item that no list has; equal ones as they came. */
  public List<Map.Entry<T, Double>> best() {
    List<Map.Entry<T, Double>> all = new ArrayList<>();
    sums.forEach((item, sum) -> all.add(Map.entry(item, sum)));
    all.sort(Map.Entry.<T, Double>comparingByValue().reversed());
    return all;
  }
}
