package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.binary.OutdatedFormatException;
import dev.thaw.models.factors.RowProducts;
import org.jspecify.annotations.Nullable;

/**
 * Kernel ridge map from an item's content vector, categories and attributes into the factor space,
 * including the bias dimension: {@code mean + k(x)' C}, k(x) how alike the item is to those that
 * were learned from (see {@link ContentKernel}). Immutable, thread-safe.
 */
public final class Projection {
  /**
   * Of the binary form and of the kernel that its coefficients are for; no length of a domain's
   * name, with which the oldest one began.
   */
  private static final int FORMAT = 0xF3;

  /** An item unlike all others in everything could be promised more likes than there are users. */
  private static final double MAX_LOG_LIKES = Math.log(1e7);

  private final DomainId domain;
  private final int rank;
  private final ContentKernel kernel;
  private final float[] coefficients;
  private final float[] mean;
  private final ProjectionQuality quality;
  private final PlacedItems placed;

  /**
   * @param coefficients items of the kernel x (rank + 2), row after row: {@code [q; b]} and log(1 +
   *     likes)
   * @param mean of length rank + 2
   * @param placed items that had interactions in training
   */
  Projection(
      DomainId domain,
      int rank,
      ContentKernel kernel,
      float[] coefficients,
      float[] mean,
      ProjectionQuality quality,
      PlacedItems placed) {
    if (coefficients.length != kernel.size() * (rank + 2) || mean.length != rank + 2) {
      throw new IllegalArgumentException(
          "needs "
              + (kernel.size() + 1)
              + " x "
              + (rank + 2)
              + " coefficients, had "
              + (coefficients.length + mean.length));
    }
    this.domain = domain;
    this.rank = rank;
    this.kernel = kernel;
    this.coefficients = coefficients;
    this.mean = mean;
    this.quality = quality;
    this.placed = placed;
  }

  Projection with(ProjectionQuality measured, PlacedItems items) {
    return new Projection(domain, rank, kernel, coefficients, mean, measured, items);
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
    return kernel.features().contentSpace();
  }

  /**
   * {@code [q; b]} of an item nobody has touched, length d + 1. A content vector that is missing or
   * of another space counts as absent; an item of which nothing is known gets the mean. O(items of
   * the kernel x (content dimension + d)).
   */
  public float[] project(CatalogueItem item, @Nullable Embedding content) {
    return projected(item, content).vector();
  }

  /** The same with how many likes are to be expected; see {@link #project}. */
  public Projected projected(CatalogueItem item, @Nullable Embedding content) {
    double[] alike = kernel.of(kernel.features().of(item, content));
    double[] sum = RowProducts.weightedSum(alike, coefficients, mean.length);
    float[] vector = new float[rank + 1];
    for (int t = 0; t <= rank; t++) {
      vector[t] = (float) (mean[t] + sum[t]);
    }
    double logLikes = Math.min(MAX_LOG_LIKES, mean[rank + 1] + sum[rank + 1]);
    return new Projected(vector, Math.expm1(logLikes));
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
    out.writeByte(FORMAT).writeText(domain.value()).writeCount(rank);
    kernel.write(out);
    FloatArrays.write(out, coefficients);
    FloatArrays.write(out, mean);
    quality.write(out);
    placed.write(out);
  }

  /**
   * @throws OutdatedFormatException if it is one of an earlier version
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static Projection read(BinaryReader in) {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new OutdatedFormatException(
          "projection has format " + format + ", not " + FORMAT + ": it must be trained anew");
    }
    DomainId domain = DomainId.of(in.readText());
    int rank = Math.toIntExact(in.readCount());
    return new Projection(
        domain,
        rank,
        ContentKernel.read(in),
        FloatArrays.read(in),
        FloatArrays.read(in),
        ProjectionQuality.read(in),
        PlacedItems.read(in));
  }
}
