package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;

/**
 * Vectors in the form every index keeps and compares: of length 1 in a COSINE space, as they are in
 * an INNER_PRODUCT space, so that the similarity of two is their inner product in both.
 */
public final class KeptVectors {
  private final VectorSpace space;

  public KeptVectors(VectorSpace space) {
    this.space = space;
  }

  /**
   * The components of an item to be stored.
   *
   * @throws IllegalArgumentException naming the item, if the embedding is of another space or has
   *     no direction where one is needed
   */
  public float[] of(IndexedItem item) {
    try {
      return kept(item.embedding());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("item " + item.itemId() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The components of a query.
   *
   * @throws IllegalArgumentException if it is of another space or has no direction where one is
   *     needed, or k is not in [1, 10000]
   */
  public float[] ofQuery(Embedding query, int k) {
    if (k < 1 || k > VectorIndex.MAX_K) {
      throw new IllegalArgumentException("k must be in [1, " + VectorIndex.MAX_K + "], was " + k);
    }
    return kept(query);
  }

  /** The item as {@link VectorIndex#find} gives it back. */
  public IndexedItem stored(IndexedItem item, float[] kept) {
    return new IndexedItem(
        item.itemId(), item.domain(), item.cold(), item.available(), Embedding.copyOf(space, kept));
  }

  private float[] kept(Embedding embedding) {
    space.requireSame(embedding.space());
    float[] components = embedding.toArray();
    return space.metric() == Metric.COSINE ? unit(components) : components;
  }

  private float[] unit(float[] v) {
    double squares = 0;
    for (float each : v) {
      squares += (double) each * each;
    }
    if (squares == 0) {
      throw new IllegalArgumentException(
          "a vector of the COSINE space " + space.key() + " must not be zero");
    }
    if (Math.abs(squares - 1) < 1e-6) {
      return v;
    }
    double scale = 1 / Math.sqrt(squares);
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) (v[i] * scale);
    }
    return v;
  }
}
