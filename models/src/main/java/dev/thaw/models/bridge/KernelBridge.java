package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;

/**
 * Ranks the target's items for a source history in a space of its own, by {@link ReducedRankRidge}
 * over a {@link HistoryKernel}, and maps into the factors what they can hold of it, for users with
 * likes in the target, too, whose vectors are there. O(users compared with). Immutable,
 * thread-safe.
 */
public final class KernelBridge implements Bridge {
  static final String NAME = "kernel-ridge";

  private final DomainId source;
  private final DomainId target;
  private final HistoryKernel kernel;
  private final float[] coefficients;
  private final RankingSpace space;
  private final float[] onto;
  private final BiasTransfer bias;

  /**
   * @param coefficients users of the kernel x rank of the space, row after row
   * @param onto rank of the space x rank of the target's factors, row after row
   */
  KernelBridge(
      DomainId source,
      DomainId target,
      HistoryKernel kernel,
      float[] coefficients,
      RankingSpace space,
      float[] onto,
      BiasTransfer bias) {
    if (coefficients.length != kernel.size() * space.rank() || onto.length % space.rank() != 0) {
      throw new IllegalArgumentException(
          "needs "
              + kernel.size()
              + " x "
              + space.rank()
              + " coefficients and a multiple of the latter, had "
              + coefficients.length
              + " and "
              + onto.length);
    }
    this.source = source;
    this.target = target;
    this.kernel = kernel;
    this.coefficients = coefficients;
    this.space = space;
    this.onto = onto;
    this.bias = bias;
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

  /** Where it ranks. */
  public RankingSpace space() {
    return space;
  }

  /** Whether any item of the history is known: without, everybody has the same place. */
  boolean knows(History history) {
    return kernel.knows(history);
  }

  /**
   * The user's vector in {@link #space}.
   *
   * @param sourceModel says what was liked
   */
  public float[] place(History history, FactorModel sourceModel) {
    return times(kernel.of(history, sourceModel.scale()), coefficients, space.rank());
  }

  @Override
  public UserVector map(History history, FactorModel sourceModel) {
    return located(history, sourceModel).vector();
  }

  /** Place and vector at once: most of either is the kernel. */
  GatedBridge.Mapped located(History history, FactorModel sourceModel) {
    float[] place = place(history, sourceModel);
    double[] wide = new double[place.length];
    for (int i = 0; i < place.length; i++) {
      wide[i] = place[i];
    }
    UserVector vector =
        UserVector.copyOf(
            times(wide, onto, onto.length / place.length),
            bias.of(sourceModel.biases().userBias(history)));
    return new GatedBridge.Mapped(vector, place);
  }

  @Override
  public void rank(History history, FactorModel sourceModel, FactorModel targetModel, float[] out) {
    space.score(place(history, sourceModel), out);
  }

  private static float[] times(double[] row, float[] matrix, int width) {
    double[] sums = new double[width];
    for (int r = 0, at = 0; r < row.length; r++) {
      for (int c = 0; c < width; c++) {
        sums[c] += row[r] * matrix[at++];
      }
    }
    float[] rounded = new float[width];
    for (int c = 0; c < width; c++) {
      rounded[c] = (float) sums[c];
    }
    return rounded;
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeText(source.value()).writeText(target.value());
    kernel.write(out);
    space.write(out);
    FloatArrays.write(out, coefficients);
    FloatArrays.write(out, onto);
    bias.write(out);
  }

  static KernelBridge read(BinaryReader in) {
    DomainId source = DomainId.of(in.readText());
    DomainId target = DomainId.of(in.readText());
    HistoryKernel kernel = HistoryKernel.read(in);
    RankingSpace space = RankingSpace.read(in);
    return new KernelBridge(
        source,
        target,
        kernel,
        FloatArrays.read(in),
        space,
        FloatArrays.read(in),
        BiasTransfer.read(in));
  }
}
