package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import org.jspecify.annotations.Nullable;

/**
 * Linear map from an item's content vector, categories and attributes into the factor space,
 * including the bias dimension. Immutable, thread-safe.
 */
public final class Projection {
  private Projection() {}

  public DomainId domain() {
    throw new UnsupportedOperationException("not yet");
  }

  /** d of the factor space; projected vectors have d + 1 components. */
  public int rank() {
    throw new UnsupportedOperationException("not yet");
  }

  /** {@code name@version} of the content space, empty if it was trained without content vectors. */
  public String contentSpace() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * {@code [q; b]} of an item nobody has touched, length d + 1. A content vector that is missing or
   * of another space counts as absent.
   */
  public float[] project(CatalogueItem item, @Nullable Embedding content) {
    throw new UnsupportedOperationException("not yet");
  }

  /** What was measured on held-out items. */
  public ProjectionQuality quality() {
    throw new UnsupportedOperationException("not yet");
  }

  public void write(BinaryWriter out) {
    throw new UnsupportedOperationException("not yet");
  }

  public static Projection read(BinaryReader in) {
    throw new UnsupportedOperationException("not yet");
  }
}
