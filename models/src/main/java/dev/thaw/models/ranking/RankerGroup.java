package dev.thaw.models.ranking;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.Map;
import java.util.function.Consumer;

/** Several rankers that share most of their work for a history. Thread-safe. */
public interface RankerGroup {
  /** What the scores are of, by number. */
  ItemDictionary items();

  /** Rankers. */
  int size();

  /**
   * Scores by one ranker after the other.
   *
   * @param attributes of the user's profile, by name
   * @param out is given one score per item as many times as there are rankers; the array may be
   *     another ranker's afterwards
   */
  void score(History history, Map<String, String> attributes, Consumer<float[]> out);

  /** Of one ranker. */
  static RankerGroup of(Ranker ranker) {
    return new RankerGroup() {
      @Override
      public ItemDictionary items() {
        return ranker.items();
      }

      @Override
      public int size() {
        return 1;
      }

      @Override
      public void score(History history, Map<String, String> attributes, Consumer<float[]> out) {
        float[] scores = new float[ranker.items().size()];
        ranker.score(history, attributes, scores);
        out.accept(scores);
      }
    };
  }
}
