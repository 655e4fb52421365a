package dev.thaw.models.bandit;

import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.ranking.TopItems;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Arms that have earned something, and where they stand: the nearest of another item are looked for
 * among them, by cosine. Immutable, thread-safe.
 */
public final class NearestArms {
  private final int dimension;
  private final List<ItemId> arms;
  private final float[][] units;

  private NearestArms(int dimension, List<ItemId> arms, float[][] units) {
    this.dimension = dimension;
    this.arms = arms;
    this.units = units;
  }

  /**
   * In order of nearness: of equally near ones the first by id is the nearer.
   *
   * @param similarity cosine, in (0, 1]
   */
  public record Near(ItemId arm, float similarity) implements Comparable<Near> {
    private static final Comparator<Near> NEAREST_FIRST =
        Comparator.comparingDouble((Near each) -> -each.similarity).thenComparing(Near::arm);

    @Override
    public int compareTo(Near other) {
      return NEAREST_FIRST.compare(this, other);
    }
  }

  /**
   * @param dimension d, components of a vector that are compared, at least 1
   * @param vectors by arm, in the natural order of ids, each of length d or more
   */
  public static NearestArms of(int dimension, SortedMap<ItemId, float[]> vectors) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be >= 1, was " + dimension);
    }
    return new NearestArms(
        dimension,
        List.copyOf(vectors.keySet()),
        vectors.values().stream().map(each -> unit(each, dimension)).toArray(float[][]::new));
  }

  /**
   * The nearest among these arms and others, of which those of an item are known.
   *
   * @param known nearest first, as many as are asked for here where there are so many; none of them
   *     is of these arms
   */
  public List<Near> with(List<Near> known, ItemId item, float[] vector, int most) {
    List<Near> others = of(item, vector, most);
    boolean tooFar =
        others.isEmpty()
            || (known.size() == most && known.get(most - 1).compareTo(others.get(0)) < 0);
    return tooFar
        ? known
        : Stream.concat(known.stream(), others.stream()).sorted().limit(most).toList();
  }

  /** All zeros where there is no direction. */
  private static float[] unit(float[] vector, int dimension) {
    float[] unit = Arrays.copyOf(vector, dimension);
    double norm = Math.sqrt(InnerProduct.of(vector, vector, dimension));
    if (norm > 0) {
      for (int i = 0; i < dimension; i++) {
        unit[i] = (float) (unit[i] / norm);
      }
    }
    return unit;
  }

  /**
   * The nearest of an item, nearest first; fewer where fewer point its way at all. The item itself
   * is none of them. O(arms * d).
   *
   * @param vector of the item, of length d or more
   * @param most at least 1
   */
  public List<Near> of(ItemId item, float[] vector, int most) {
    float[] wanted = unit(vector, dimension);
    float[] cosines = new float[units.length];
    for (int arm = 0; arm < cosines.length; arm++) {
      cosines[arm] = Math.min(1, InnerProduct.of(wanted, units[arm], dimension));
    }
    int[] nearest =
        TopItems.of(cosines, most, arm -> cosines[arm] > 0 && !arms.get(arm).equals(item));
    return Arrays.stream(nearest).mapToObj(arm -> new Near(arms.get(arm), cosines[arm])).toList();
  }
}
