package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import dev.thaw.models.kernel.HistoryKernel;
import dev.thaw.models.kernel.RankingSpace;
import dev.thaw.models.kernel.ReducedRankRidge;

/**
 * Ranks the target's items for a source history by {@link ReducedRankRidge} over a {@link
 * HistoryKernel}. O(users compared with). Immutable, thread-safe.
 */
public final class KernelBridge implements PlacingBridge {
  static final String NAME = "kernel-ridge";

  private final DomainId source;
  private final HistoryKernel kernel;
  private final float[] coefficients;
  private final OwnSpace own;

  /**
   * @param coefficients users of the kernel x rank of the space, row after row
   */
  KernelBridge(DomainId source, HistoryKernel kernel, float[] coefficients, OwnSpace own) {
    int rank = own.space().rank();
    if (coefficients.length != kernel.size() * rank) {
      throw new IllegalArgumentException(
          "needs " + kernel.size() + " x " + rank + " coefficients, had " + coefficients.length);
    }
    this.source = source;
    this.kernel = kernel;
    this.coefficients = coefficients;
    this.own = own;
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
  public OwnSpace own() {
    return own;
  }

  @Override
  public boolean knows(History history) {
    return kernel.knows(history);
  }

  @Override
  public float[] place(History history, FactorModel sourceModel) {
    return FactorImage.times(kernel.of(history, sourceModel.scale()), coefficients, space().rank());
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeText(source.value()).writeText(target().value());
    kernel.write(out);
    space().write(out);
    FloatArrays.write(out, coefficients);
    own.image().write(out);
  }

  static KernelBridge read(BinaryReader in) {
    DomainId source = DomainId.of(in.readText());
    DomainId target = DomainId.of(in.readText());
    HistoryKernel kernel = HistoryKernel.read(in);
    RankingSpace space = RankingSpace.read(in);
    float[] coefficients = FloatArrays.read(in);
    FactorImage image = FactorImage.read(space.rank(), in);
    return new KernelBridge(source, kernel, coefficients, new OwnSpace(target, space, image));
  }
}
