package dev.thaw.models.itemtoitem;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.RowProducts;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.kernel.AttributeKernel;
import dev.thaw.models.kernel.HistoryKernel;
import dev.thaw.models.kernel.RankingSpace;
import java.util.BitSet;
import java.util.Map;

/**
 * Ranks by what users with like first likes came to like after them: an autoencoder of infinite
 * width, that is a kernel ridge from liked items to liked items (Sachdeva et al., NeurIPS 2022, eq.
 * 3), times one of the users' attributes; learned as {@link KernelAutoencoderTrainer} says.
 * O(histories compared with + items x rank). Immutable, thread-safe.
 */
public final class KernelAutoencoder implements LikesRanker {
  public static final String NAME = "kernel-autoencoder";
  private static final int FORMAT = 1;

  private final DomainId domain;
  private final RatingScale scale;
  private final KernelAutoencoderConfig config;
  private final HistoryKernel kernel;
  private final AttributeKernel alike;
  private final RankingSpace space;
  private final float[] coefficients;
  private final BitSet known;

  /**
   * @param coefficients histories of the kernel x rank of the space, row after row
   */
  KernelAutoencoder(
      DomainId domain,
      RatingScale scale,
      KernelAutoencoderConfig config,
      HistoryKernel kernel,
      AttributeKernel alike,
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
    this.alike = alike;
    this.space = space;
    this.coefficients = coefficients;
    this.known = new BitSet();
    for (int item = 0; item < space.items().size(); item++) {
      known.set(item, space.knows(item));
    }
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
    return known.get(item);
  }

  @Override
  public void score(History history, float[] out) {
    score(history, Map.of(), out);
  }

  /** A history without any like that counts is equally alike to all. */
  @Override
  public void score(History history, Map<String, String> attributes, float[] out) {
    History liked =
        new History(
            history.interactions(), history.entries().stream().filter(this::counts).toList());
    double[] values = kernel.of(liked, scale);
    alike.multiply(attributes, values);
    space.score(
        FloatArrays.rounded(RowProducts.weightedSum(values, coefficients, space.rank())), out);
    for (int item = known.nextClearBit(0); item < out.length; item = known.nextClearBit(item + 1)) {
      out[item] = Float.NEGATIVE_INFINITY;
    }
  }

  /** All of the model; {@link #read} gives an equal one. */
  void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value());
    scale.write(out);
    out.writeDouble(config.lambda()).writeDouble(config.gamma());
    out.writeCount(config.rank()).writeCount(config.rows());
    kernel.write(out);
    alike.write(out);
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
            in.readDouble(),
            in.readDouble(),
            Math.toIntExact(in.readCount()),
            Math.toIntExact(in.readCount()));
    HistoryKernel kernel = HistoryKernel.read(in);
    AttributeKernel alike = AttributeKernel.read(in, config.gamma(), kernel.size());
    RankingSpace space = RankingSpace.read(in);
    float[] coefficients = FloatArrays.read(in);
    if (coefficients.length != kernel.size() * space.rank()) {
      throw in.damaged(
          coefficients.length + " coefficients of " + kernel.size() + " x " + space.rank());
    }
    return new KernelAutoencoder(domain, scale, config, kernel, alike, space, coefficients);
  }

  @Override
  public String toString() {
    return "KernelAutoencoder[" + domain + ", " + config + ", " + kernel.size() + " histories]";
  }
}
