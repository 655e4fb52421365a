package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;

/**
 * Ranks the target's items for a source history by {@link ReducedRankRidge} over a {@link
 * HistoryKernel}. O(users compared with). Immutable, thread-safe.
 */
public final class KernelBridge implements PlacingBridge {
  static final String NAME = "kernel-ridge";

  private final DomainId source;
  private final DomainId target;
  private final HistoryKernel kernel;
  private final float[] coefficients;
  private final RankingSpace space;
  private final FactorImage image;

  /**
   * @param coefficients users of the kernel x rank of the space, row after row
   */
  KernelBridge(
      DomainId source,
      DomainId target,
      HistoryKernel kernel,
      float[] coefficients,
      RankingSpace space,
      FactorImage image) {
    if (coefficients.length != kernel.size() * space.rank()) {
      throw new IllegalArgumentException(
          "needs "
              + kernel.size()
              + " x "
              + space.rank()
              + " coefficients, had "
              + coefficients.length);
    }
    this.source = source;
    this.target = target;
    this.kernel = kernel;
    this.coefficients = coefficients;
    this.space = space;
    this.image = image;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DomainId source() {
    return source;
  }

  @Override
  public DomainId target() {
    return target;
  }

  @Override
  public RankingSpace space() {
    return space;
  }

  @Override
  public boolean knows(History history) {
    return kernel.knows(history);
  }

  @Override
  public float[] place(History history, FactorModel sourceModel) {
    return FactorImage.times(kernel.of(history, sourceModel.scale()), coefficients, space.rank());
  }

  @Override
  public UserVector image(float[] place, double sourceBias) {
    return image.of(place, sourceBias);
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeText(source.value()).writeText(target.value());
    kernel.write(out);
    space.write(out);
    FloatArrays.write(out, coefficients);
    image.write(out);
  }

  static KernelBridge read(BinaryReader in) {
    DomainId source = DomainId.of(in.readText());
    DomainId target = DomainId.of(in.readText());
    HistoryKernel kernel = HistoryKernel.read(in);
    RankingSpace space = RankingSpace.read(in);
    return new KernelBridge(
        source, target, kernel, FloatArrays.read(in), space, FactorImage.read(space.rank(), in));
  }
}
