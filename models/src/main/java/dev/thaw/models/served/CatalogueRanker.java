package dev.thaw.models.served;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.ranking.Ranker;
import java.util.Map;

/**
 * A ranker that may number its items in its own way, asked with what a user liked and answering in
 * a catalogue's numbers. Immutable, thread-safe.
 */
public final class CatalogueRanker {
  private final Ranker ranker;
  private final RatingScale scale;
  private final int minLikes;
  private final boolean same;
  private final int[] numbers;

  /**
   * @param catalogue the items of a score
   * @param scale says which items of a history are liked
   * @param minLikes with fewer there is no answer, unless the ranker says so
   */
  public CatalogueRanker(Ranker ranker, ItemDictionary catalogue, RatingScale scale, int minLikes) {
    this.ranker = ranker;
    this.scale = scale;
    this.minLikes = minLikes;
    this.same = ranker.items().equals(catalogue);
    this.numbers = new int[catalogue.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = ranker.items().indexOf(catalogue.get(i));
    }
  }

  public String name() {
    return ranker.name();
  }

  /**
   * @param out one score per item of the catalogue; minus infinity for those the ranker doesn't
   *     know
   * @return whether there is an answer
   */
  public boolean score(History history, float[] out) {
    return score(history, Map.of(), out);
  }

  /**
   * The same for a user whose attributes are known.
   *
   * @param attributes of the profile, by name
   */
  public boolean score(History history, Map<String, String> attributes, float[] out) {
    History known = history.only(entry -> scale.isPositive(entry.strength()));
    if (known.entries().size() < minLikes && !ranker.saysWithoutLikes(known)) {
      return false;
    }
    if (same) {
      ranker.score(known, attributes, out);
      return true;
    }
    float[] scores = new float[ranker.items().size()];
    ranker.score(known, attributes, scores);
    boolean any = false;
    for (int i = 0; i < out.length; i++) {
      out[i] = numbers[i] < 0 ? Float.NEGATIVE_INFINITY : scores[numbers[i]];
      any |= out[i] > 0;
    }
    return any;
  }
}
