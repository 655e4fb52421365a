package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import java.util.Map;

/**
 * @param neighbours largest weights by size that are kept of an item, at least 1
 * @param strength of the similarity: damping of cosine in [0, 1], pseudo co-occurrences of lift
 *     above 0, lambda of EASE above 0
 * @param popularityWeight of log popularity beside the sum of weights, at least 0
 * @param historyPower e in {@code n^-e} by which the sum over n liked items is multiplied, in [-1,
 *     1]: above 0 where the weights of a long history count one signal several times, below where a
 *     long history says more than popularity
 */
public record ItemToItemConfig(
    Similarity similarity,
    int neighbours,
    double strength,
    double popularityWeight,
    double historyPower)
    implements LikesConfig {
  public static final ItemToItemConfig DEFAULT =
      new ItemToItemConfig(Similarity.COSINE, 500, 0.5, 0.2, 0);

  public ItemToItemConfig {
    if (neighbours < 1) {
      throw new IllegalArgumentException("neighbours must be >= 1, was " + neighbours);
    }
    boolean damping = similarity == Similarity.COSINE || similarity == Similarity.ASYMMETRIC_COSINE;
    if (damping ? !(strength >= 0 && strength <= 1) : !(strength > 0)) {
      throw new IllegalArgumentException(
          "strength of "
              + similarity.label()
              + (damping ? " must be in [0, 1], was " : " must be > 0, was ")
              + strength);
    }
    if (!(popularityWeight >= 0)) {
      throw new IllegalArgumentException("popularityWeight must be >= 0, was " + popularityWeight);
    }
    if (!(historyPower >= -1 && historyPower <= 1)) {
      throw new IllegalArgumentException("historyPower must be in [-1, 1], was " + historyPower);
    }
  }

  /**
   * Naive Bayes as it stands in the books: log popularity and, of catalogues whose pairs a model
   * may hold, all log-lifts at full weight.
   */
  public static ItemToItemConfig naiveBayes(double shrinkage) {
    return new ItemToItemConfig(Similarity.LIFT, Integer.MAX_VALUE, shrinkage, 1, 0);
  }

  /** Sum of plain cosines. */
  public static ItemToItemConfig cosine(int neighbours) {
    return new ItemToItemConfig(Similarity.COSINE, neighbours, 0, 0, 0);
  }

  /**
   * Sum of asymmetric cosines.
   *
   * @param damping of users with many likes, in [0, 1]
   */
  static ItemToItemConfig asymmetricCosine(int neighbours, double damping) {
    return new ItemToItemConfig(Similarity.ASYMMETRIC_COSINE, neighbours, damping, 0, 0);
  }

  /** As many weights as a model may hold, without popularity. */
  public static ItemToItemConfig ease(double lambda) {
    return new ItemToItemConfig(Similarity.EASE, Integer.MAX_VALUE, lambda, 0, 0);
  }

  /** Whether the weights between items are the same. */
  boolean sharesWeights(ItemToItemConfig other) {
    return similarity == other.similarity
        && neighbours == other.neighbours
        && strength == other.strength;
  }

  /**
   * For other data than those it was chosen on. EASE shrinks counts, which grow with the users that
   * it learns from; the others divide by counts or are shrunk by a number of observations.
   */
  @Override
  public ItemToItemConfig grown(Interactions chosenOn, Interactions data) {
    double times = (double) EaseWeights.learned(data) / Math.max(1, EaseWeights.learned(chosenOn));
    return similarity == Similarity.EASE
        ? new ItemToItemConfig(
            similarity, neighbours, strength * times, popularityWeight, historyPower)
        : this;
  }

  ItemToItemConfig withNeighbours(int other) {
    return new ItemToItemConfig(similarity, other, strength, popularityWeight, historyPower);
  }

  ItemToItemConfig with(double otherPopularityWeight, double otherHistoryPower) {
    return new ItemToItemConfig(
        similarity, neighbours, strength, otherPopularityWeight, otherHistoryPower);
  }

  @Override
  public Map<String, String> toMap() {
    return Map.of(
        "similarity", similarity.label(),
        "neighbours", "" + neighbours,
        "strength", "" + strength,
        "popularity_weight", "" + popularityWeight,
        "history_power", "" + historyPower);
  }
}
