package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.ranking.TopItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Popular items in the order of the ratings that a user's layers predict: a rating says how an item
 * is liked by those who come to it, and of all items those that hardly anybody comes to would be
 * first. Lee et al., KDD 2019, rank candidates likewise. Immutable, thread-safe.
 */
public final class AdaptedRanking {
  /** A forward pass over so many takes half a millisecond with the compact layers. */
  public static final int CANDIDATES = 500;

  private final MetaModel model;

  public AdaptedRanking(MetaModel model) {
    this.model = model;
  }

  /** An item with its predicted rating, which may lie beyond the scale. */
  public record Ranked(ItemId item, double rating) {}

  /**
   * The best of the first {@value #CANDIDATES} items that the model knows, best first; of equal
   * ones the more popular first.
   *
   * @param byPopularity of which as many are taken as are needed
   * @throws IllegalArgumentException of layers of another model
   */
  public List<Ranked> rank(AdaptedLayers user, Iterator<ItemId> byPopularity, int wanted) {
    UserScorer scorer = model.scorer(user);
    int[] candidates = candidates(byPopularity);
    float[] scores = new float[candidates.length];
    scorer.score(candidates, scores);
    List<Ranked> ranked = new ArrayList<>(Math.min(wanted, candidates.length));
    for (int place : TopItems.of(scores, wanted, any -> true)) {
      ranked.add(new Ranked(model.items().get(candidates[place]), scorer.level() + scores[place]));
    }
    return ranked;
  }

  private int[] candidates(Iterator<ItemId> byPopularity) {
    int[] numbers = new int[CANDIDATES];
    int size = 0;
    while (size < CANDIDATES && byPopularity.hasNext()) {
      int number = model.items().indexOf(byPopularity.next());
      if (number >= 0) {
        numbers[size++] = number;
      }
    }
    return Arrays.copyOf(numbers, size);
  }
}
