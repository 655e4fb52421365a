package dev.thaw.models.itemtoitem;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.RowProducts;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.kernel.HistoryKernel;
import dev.thaw.models.kernel.RankingSpace;

/**
 * Ranks by what users with like first likes came to like after them: an autoencoder of infinite
 * width, that is a kernel ridge from liked items to liked items (Sachdeva et al., NeurIPS 2022, eq.
 * 3), learned as {@link KernelAutoencoderTrainer} says. O(histories compared with + items x rank).
 * Immutable, thread-safe.
 */
public final class KernelAutoencoder implements LikesRanker {
  static final String NAME = "kernel-autoencoder";
  private static final int FORMAT = 1;

  private final DomainId domain;
  private final RatingScale scale;
  private final KernelAutoencoderConfig config;
  private final HistoryKernel kernel;
  private final RankingSpace space;
  private final float[] coefficients;

  /**
   * @param coefficients histories of the kernel x rank of the space, row after row
   */
  KernelAutoencoder(
      DomainId domain,
      RatingScale scale,
      KernelAutoencoderConfig config,
      HistoryKernel kernel,
      RankingSpace space,
      float[] coefficients) {
    if (coefficients.length != kernel.size() * space.rank()) {
      throw new IllegalArgumentException(
          "needs "
              + kernel.size()
              + " x "
              + space.rank()
              + " coefficients, had "
              + coefficients.length);
    }
    this.domain = domain;
    this.scale = scale;
    this.config = config;
    this.kernel = kernel;
    this.space = space;
    this.coefficients = coefficients;
  }

  @Override
  public DomainId domain() {
    return domain;
  }

  @Override
  public RatingScale scale() {
    return scale;
  }

  @Override
  public KernelAutoencoderConfig config() {
    return config;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ItemDictionary items() {
    return space.items();
  }

  @Override
  public boolean knows(int item) {
    return space.knows(item);
  }

  /** A history without any like that counts is equally alike to all. */
  @Override
  public void score(History history, float[] out) {
    History liked =
        new History(
            history.interactions(), history.entries().stream().filter(this::counts).toList());
    space.score(
        FloatArrays.rounded(
            RowProducts.weightedSum(kernel.of(liked, scale), coefficients, space.rank())),
        out);
    for (int item = 0; item < out.length; item++) {
      if (!space.knows(item)) {
        out[item] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** All of the model; {@link #read} gives an equal one. */
  void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value());
    scale.write(out);
    out.writeDouble(config.lambda()).writeCount(config.rank()).writeCount(config.rows());
    kernel.write(out);
    space.write(out);
    FloatArrays.write(out, coefficients);
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  static KernelAutoencoder read(BinaryReader in) {
    in.expect(FORMAT, "format");
    DomainId domain = DomainId.of(in.readText());
    RatingScale scale = RatingScale.read(in);
    KernelAutoencoderConfig config =
        new KernelAutoencoderConfig(
            in.readDouble(), Math.toIntExact(in.readCount()), Math.toIntExact(in.readCount()));
    HistoryKernel kernel = HistoryKernel.read(in);
    RankingSpace space = RankingSpace.read(in);
    float[] coefficients = FloatArrays.read(in);
    if (coefficients.length != kernel.size() * space.rank()) {
      throw in.damaged(
          coefficients.length + " coefficients of " + kernel.size() + " x " + space.rank());
    }
    return new KernelAutoencoder(domain, scale, config, kernel, space, coefficients);
  }

  @Override
  public String toString() {
    return "KernelAutoencoder[" + domain + ", " + config + ", " + kernel.size() + " histories]";
  }
}
