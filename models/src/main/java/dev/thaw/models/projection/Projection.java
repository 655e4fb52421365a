package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import org.jspecify.annotations.Nullable;

/**
 * Linear map from an item's content vector, categories and attributes into the factor space,
 * including the bias dimension. Immutable, thread-safe.
 */
public final class Projection {
  private final DomainId domain;
  private final int rank;
  private final ContentFeatures features;
  private final float[] weights;
  private final ProjectionQuality quality;
  private final PlacedItems placed;

  /**
   * @param weights features x (rank + 1), row after row
   * @param placed items that had interactions in training
   */
  Projection(
      DomainId domain,
      int rank,
      ContentFeatures features,
      float[] weights,
      ProjectionQuality quality,
      PlacedItems placed) {
    if (weights.length != features.size() * (rank + 1)) {
      throw new IllegalArgumentException(
          "needs " + features.size() + " x " + (rank + 1) + " weights, had " + weights.length);
    }
    this.domain = domain;
    this.rank = rank;
    this.features = features;
    this.weights = weights;
    this.quality = quality;
    this.placed = placed;
  }

  Projection with(ProjectionQuality measured, PlacedItems items) {
    return new Projection(domain, rank, features, weights, measured, items);
  }

  public DomainId domain() {
    return domain;
  }

  /** d of the factor space; projected vectors have d + 1 components. */
  public int rank() {
    return rank;
  }

  /** {@code name@version} of the content space, empty if it was trained without content vectors. */
  public String contentSpace() {
    return features.contentSpace();
  }

  /**
   * {@code [q; b]} of an item nobody has touched, length d + 1. A content vector that is missing or
   * of another space counts as absent. O(features of the item x d).
   */
  public float[] project(CatalogueItem item, @Nullable Embedding content) {
    ContentFeatures.Row row = features.of(item, content);
    float[] out = new float[rank + 1];
    for (int n = 0; n < row.n(); n++) {
      float value = row.values()[n];
      int at = row.indices()[n] * (rank + 1);
      for (int t = 0; t <= rank; t++) {
        out[t] += value * weights[at + t];
      }
    }
    return out;
  }

  /** What was measured on held-out items. */
  public ProjectionQuality quality() {
    return quality;
  }

  /** Where the items stand that had interactions in training. */
  public PlacedItems placed() {
    return placed;
  }

  /** All of the model; {@link #read} gives an equal one. */
  public void write(BinaryWriter out) {
    out.writeText(domain.value()).writeCount(rank);
    features.write(out);
    FloatArrays.write(out, weights);
    quality.write(out);
    placed.write(out);
    out.writeDouble(quality.targetRidge());
  }

  /**
   * One that an earlier version wrote places no item: those that the factors know stand where they
   * were learned.
   *
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static Projection read(BinaryReader in) {
    DomainId domain = DomainId.of(in.readText());
    int rank = Math.toIntExact(in.readCount());
    ContentFeatures features = ContentFeatures.read(in);
    float[] weights = FloatArrays.read(in);
    ProjectionQuality quality = ProjectionQuality.read(in);
    if (in.isAtEnd()) {
      return new Projection(domain, rank, features, weights, quality, PlacedItems.NONE);
    }
    PlacedItems placed = PlacedItems.read(in);
    return new Projection(
        domain, rank, features, weights, quality.withTargetRidge(in.readDouble()), placed);
  }
}
