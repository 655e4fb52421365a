package dev.thaw.models.content;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.ranking.Ranker;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * {@code r(u,i) = sum_j sim(i,j) r(u,j) / sum_j sim(i,j)} over the k items of the history nearest
 * to i, by cosine; ranking by the sum of similarities to liked items. Similarities below zero count
 * as none. O(items * history * d). Thread-safe.
 */
public final class ContentNeighbours implements Ranker {
  /** Of an item, where the catalogue is ranked for a user. */
  public static final int NEIGHBOURS = 20;

  private final ItemDictionary items;
  private final float[] unit;
  private final int dimension;
  private final int neighbours;
  private final double positive;

  private ContentNeighbours(
      ItemDictionary items, float[] unit, int dimension, int neighbours, double positive) {
    this.items = items;
    this.unit = unit;
    this.dimension = dimension;
    this.neighbours = neighbours;
    this.positive = positive;
  }

  /**
   * @param vectors of one space; items without one score nothing
   * @param neighbours k
   * @param positive strengths from here on are likes
   * @throws IllegalArgumentException if the vectors are of several spaces, or there is none
   */
  public static ContentNeighbours of(
      Map<ItemId, Embedding> vectors, int neighbours, double positive) {
    if (neighbours < 1) {
      throw new IllegalArgumentException("neighbours must be >= 1, was " + neighbours);
    }
    if (vectors.isEmpty()) {
      throw new IllegalArgumentException("content neighbours need at least one vector");
    }
    ItemDictionary items = ItemDictionary.of(vectors.keySet());
    @Nullable VectorSpace space = null;
    float[] unit = new float[0];
    int dimension = 0;
    for (Map.Entry<ItemId, Embedding> entry : vectors.entrySet()) {
      Embedding vector = entry.getValue();
      if (space == null) {
        space = vector.space();
        dimension = vector.dimension();
        unit = new float[Math.multiplyExact(items.size(), dimension)];
      }
      space.requireSame(vector.space());
      normalise(vector, unit, items.indexOf(entry.getKey()) * dimension);
    }
    return new ContentNeighbours(items, unit, dimension, neighbours, positive);
  }

  private static void normalise(Embedding vector, float[] unit, int from) {
    double square = 0;
    for (int c = 0; c < vector.dimension(); c++) {
      square += (double) vector.get(c) * vector.get(c);
    }
    double inverse = square == 0 ? 0 : 1 / Math.sqrt(square);
    for (int c = 0; c < vector.dimension(); c++) {
      unit[from + c] = (float) (vector.get(c) * inverse);
    }
  }

  @Override
  public String name() {
    return "content";
  }

  @Override
  public ItemDictionary items() {
    return items;
  }

  @Override
  public void score(History history, float[] out) {
    int[] liked = liked(history);
    float[] similarities = new float[liked.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = nearness(i, liked, similarities);
    }
  }

  /**
   * Scores some items alone. O(items * history * d).
   *
   * @param numbers by {@link #items}; -1 scores nothing
   * @param out one place per number
   */
  public void score(History history, int[] numbers, float[] out) {
    int[] liked = liked(history);
    float[] similarities = new float[liked.length];
    for (int i = 0; i < numbers.length; i++) {
      out[i] = numbers[i] < 0 ? 0 : nearness(numbers[i], liked, similarities);
    }
  }

  private int[] liked(History history) {
    return history.entries().stream()
        .filter(entry -> entry.strength() >= positive)
        .mapToInt(entry -> items.indexOf(entry.item()))
        .filter(item -> item >= 0)
        .toArray();
  }

  /** Sum of the largest similarities between an item and the liked ones. */
  private float nearness(int item, int[] liked, float[] similarities) {
    for (int j = 0; j < liked.length; j++) {
      similarities[j] = Math.max(0, cosine(item, liked[j]));
    }
    int kept = Math.min(neighbours, liked.length);
    if (kept < liked.length) {
      Arrays.sort(similarities);
    }
    float sum = 0;
    for (int j = liked.length - kept; j < liked.length; j++) {
      sum += similarities[j];
    }
    return sum;
  }

  /** Similarity-weighted mean rating; empty if no item of the history is similar. */
  public OptionalDouble rating(History history, ItemId item) {
    int rated = items.indexOf(item);
    if (rated < 0) {
      return OptionalDouble.empty();
    }
    double[][] near =
        history.entries().stream()
            .filter(entry -> items.indexOf(entry.item()) >= 0)
            .map(
                entry ->
                    new double[] {cosine(rated, items.indexOf(entry.item())), entry.strength()})
            .filter(pair -> pair[0] > 0)
            .sorted((a, b) -> Double.compare(b[0], a[0]))
            .limit(neighbours)
            .toArray(double[][]::new);
    double weight = 0;
    double sum = 0;
    for (double[] pair : near) {
      weight += pair[0];
      sum += pair[0] * pair[1];
    }
    return weight > 0 ? OptionalDouble.of(sum / weight) : OptionalDouble.empty();
  }

  /** Four sums side by side, since a single one waits for each addition. */
  private float cosine(int a, int b) {
    int x = a * dimension;
    int y = b * dimension;
    int c = 0;
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    for (; c + 3 < dimension; c += 4, x += 4, y += 4) {
      first += unit[x] * unit[y];
      second += unit[x + 1] * unit[y + 1];
      third += unit[x + 2] * unit[y + 2];
      fourth += unit[x + 3] * unit[y + 3];
    }
    for (; c < dimension; c++, x++, y++) {
      first += unit[x] * unit[y];
    }
    return first + second + (third + fourth);
  }
}
