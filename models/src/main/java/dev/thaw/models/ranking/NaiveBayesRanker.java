package dev.thaw.models.ranking;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Naive Bayes over the items of the history: log popularity plus the sum of shrunken log-lifts,
 *
 * <pre>score(i) = log(c_i + 1) + sum_j log((c_ij + s) / (c_i c_j / n + s))</pre>
 *
 * with {@code c_i} users who like i, {@code c_ij} users who like both, {@code n} users and {@code
 * s} pseudo co-occurrences that draw a lift towards 1. The lifts of a liked item are counted from
 * the sparse rows when it is first met and kept where all of them fit into {@value #MAX_KEPT}
 * numbers: O(history * items) a user then, else O(history * (items + entries of its users)).
 * Thread-safe.
 */
public final class NaiveBayesRanker implements Ranker {
  private static final long MAX_KEPT = 32_000_000;

  private final ItemDictionary items;
  private final CoOccurrences pairs;
  private final double shrinkage;
  private final float[] logPopularity;

  /** By liked item; two threads that count the same lifts at once count them alike. */
  private final AtomicReferenceArray<float[]> lifts;

  private NaiveBayesRanker(Interactions positives, double shrinkage) {
    this.items = positives.items();
    this.pairs = new CoOccurrences(positives);
    this.shrinkage = shrinkage;
    this.logPopularity = new float[items.size()];
    boolean kept = (long) items.size() * items.size() <= MAX_KEPT;
    this.lifts = new AtomicReferenceArray<>(kept ? items.size() : 0);
    for (int i = 0; i < logPopularity.length; i++) {
      logPopularity[i] = (float) Math.log(pairs.count(i) + 1.0);
    }
  }

  /**
   * @param positives interactions that the user liked
   * @param shrinkage pseudo co-occurrences with which a lift is drawn towards 1, above 0
   */
  public static NaiveBayesRanker fit(Interactions positives, double shrinkage) {
    if (!(shrinkage > 0)) {
      throw new IllegalArgumentException("shrinkage must be > 0, was " + shrinkage);
    }
    return new NaiveBayesRanker(positives, shrinkage);
  }

  @Override
  public String name() {
    return "naive-bayes";
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  /** Every item of the history counts as liked; items not trained on are left out. */
  @Override
  public void score(History history, float[] out) {
    System.arraycopy(logPopularity, 0, out, 0, out.length);
    for (History.Entry entry : history.entries()) {
      int liked = items.indexOf(entry.item());
      if (liked >= 0 && pairs.count(liked) > 0) {
        float[] lift = liftsOf(liked);
        for (int i = 0; i < out.length; i++) {
          out[i] += lift[i];
        }
      }
    }
  }

  private float[] liftsOf(int liked) {
    boolean kept = lifts.length() > 0;
    float[] lift = kept ? lifts.get(liked) : null;
    if (lift == null) {
      lift = count(liked);
      if (kept) {
        lifts.set(liked, lift);
      }
    }
    return lift;
  }

  private float[] count(int liked) {
    int[] both = new int[items.size()];
    pairs.with(liked, both);
    double share = (double) pairs.count(liked) / pairs.users();
    float[] lift = new float[both.length];
    for (int i = 0; i < lift.length; i++) {
      double expected = share * pairs.count(i);
      lift[i] = (float) Math.log((both[i] + shrinkage) / (expected + shrinkage));
    }
    return lift;
  }
}
