package dev.thaw.models.graph;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.Arrays;

/**
 * What BiTGCF, Liu et al., CIKM 2020, has learned: users known in the source alone and items of the
 * target as vectors, whose inner product is a score. Immutable, thread-safe.
 */
public final class BiTgcf {
  private final SourcePropagation users;
  private final ItemDictionary items;
  private final float[] vectors;

  /**
   * @param vectors items x {@link SourcePropagation#placeRank}, row after row
   */
  BiTgcf(SourcePropagation users, ItemDictionary items, float[] vectors) {
    this.users = users;
    this.items = items;
    this.vectors = vectors;
  }

  public SourcePropagation users() {
    return users;
  }

  /**
   * The propagated item and its bias; zeros for what nobody in the graph likes, of which it knows
   * nothing.
   */
  public float[] vector(ItemId item) {
    int length = users.placeRank();
    int number = items.indexOf(item);
    return number < 0
        ? new float[length]
        : Arrays.copyOfRange(vectors, number * length, (number + 1) * length);
  }
}
