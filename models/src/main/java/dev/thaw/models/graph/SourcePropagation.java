package dev.thaw.models.graph;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import java.util.Arrays;

/**
 * The source's side of BiTGCF for users without edges in the target: {@code n^-1/2 sum over the n
 * known items of the history of y_j}, y_j the propagated item by its degree's root. The same as the
 * propagation gives users of the training. Immutable, thread-safe.
 */
public final class SourcePropagation {
  private final ItemDictionary items;
  private final int rank;
  private final float[] vectors;

  /**
   * @param vectors y, items x rank, row after row
   */
  SourcePropagation(ItemDictionary items, int rank, float[] vectors) {
    if (rank < 1 || vectors.length != items.size() * rank) {
      throw new IllegalArgumentException(
          "needs rank >= 1 and %d x rank numbers, had rank %d and %d"
              .formatted(items.size(), rank, vectors.length));
    }
    this.items = items;
    this.rank = rank;
    this.vectors = vectors;
  }

  /** Length of a place: the rank of the graph, and a one that meets the items' biases. */
  public int placeRank() {
    return rank + 1;
  }

  /** Whether any item of the history was in the graph. */
  public boolean knows(History history) {
    return history.entries().stream().anyMatch(entry -> items.indexOf(entry.item()) >= 0);
  }

  /**
   * O(history d).
   *
   * @param history in the source domain
   */
  public float[] place(History history) {
    int[] known =
        history.entries().stream()
            .mapToInt(entry -> items.indexOf(entry.item()))
            .filter(item -> item >= 0)
            .toArray();
    float[] place = new float[rank + 1];
    double norm = 1 / Math.sqrt(Math.max(1, known.length));
    for (int d = 0; d < rank; d++) {
      int component = d;
      place[d] =
          (float)
              (norm * Arrays.stream(known).mapToDouble(j -> vectors[j * rank + component]).sum());
    }
    place[rank] = 1;
    return place;
  }

  /** All of it; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    items.write(out);
    out.writeCount(rank);
    FloatArrays.write(out, vectors);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static SourcePropagation read(BinaryReader in) {
    return new SourcePropagation(
        ItemDictionary.read(in), Math.toIntExact(in.readCount()), FloatArrays.read(in));
  }
}
