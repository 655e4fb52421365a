package dev.thaw.models.sequential;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.ranking.Ranker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was liked next after the newest like, by counting: a Markov chain of first order, the least
 * that a sequential model has to beat. Its probabilities are shrunk towards popularity:
 *
 * <pre>p(i | j) = (n_ji + s p(i)) / (n_j + s)</pre>
 *
 * with {@code n_ji} users who liked i right after j. Immutable, thread-safe.
 */
public final class MarkovChain implements Ranker {
  /** Successors of an item at which what is counted weighs as much as popularity. */
  private static final double SHRINKAGE = 10;

  private final RatingScale scale;
  private final ItemDictionary items;
  private final float[] popularity;
  private final List<Map<Integer, Integer>> next;

  private MarkovChain(
      RatingScale scale,
      ItemDictionary items,
      float[] popularity,
      List<Map<Integer, Integer>> next) {
    this.scale = scale;
    this.items = items;
    this.popularity = popularity;
    this.next = next;
  }

  /** O(likes). */
  public static MarkovChain of(LikedSequences data) {
    List<Map<Integer, Integer>> next = new ArrayList<>();
    long likes = 0;
    for (int count : data.counts()) {
      next.add(new HashMap<>());
      likes += count;
    }
    for (int[] sequence : data.sequences()) {
      for (int at = 1; at < sequence.length; at++) {
        next.get(sequence[at - 1]).merge(sequence[at], 1, Integer::sum);
      }
    }
    float[] popularity = new float[data.counts().length];
    for (int item = 0; item < popularity.length; item++) {
      popularity[item] = (float) data.counts()[item] / likes;
    }
    return new MarkovChain(data.scale(), data.items(), popularity, next);
  }

  @Override
  public String name() {
    return "markov chain";
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  /** Probabilities; without a like that it knows, popularity. */
  @Override
  public void score(History history, float[] out) {
    int[] last = LikedSequences.of(history, scale, items, 1);
    System.arraycopy(popularity, 0, out, 0, out.length);
    if (last.length > 0) {
      Map<Integer, Integer> counted = next.get(last[0]);
      double all = SHRINKAGE + counted.values().stream().mapToInt(Integer::intValue).sum();
      for (int item = 0; item < out.length; item++) {
        out[item] *= (float) (SHRINKAGE / all);
      }
      counted.forEach((item, count) -> out[item] += (float) (count / all));
    }
  }
}
