package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;

/**
 * Maps a source factor (length d_S) into the target space (length d_T): {@code W [1; u_S]}. Linear
 * bridge of EMCDR, Man et al., IJCAI 2017, eq. 4. O(d_S d_T). Immutable, thread-safe.
 */
public final class LinearBridge implements Bridge {
  static final String NAME = "emcdr-linear";

  private final DomainId source;
  private final DomainId target;
  private final int sourceRank;
  private final int targetRank;
  private final float[] weights;
  private final BiasTransfer bias;

  /**
   * @param weights (1 + sourceRank) x targetRank, row after row, the constant first
   */
  LinearBridge(
      DomainId source, DomainId target, int sourceRank, float[] weights, BiasTransfer bias) {
    if (weights.length % (sourceRank + 1) != 0) {
      throw new IllegalArgumentException(
          "needs " + (sourceRank + 1) + " rows of weights, had " + weights.length + " in all");
    }
    this.source = source;
    this.target = target;
    this.sourceRank = sourceRank;
    this.targetRank = weights.length / (sourceRank + 1);
    this.weights = weights;
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

  @Override
  public UserVector map(History history, FactorModel sourceModel) {
    return map(sourceModel.foldIn(history));
  }

  /** Of a vector under the source model. */
  public UserVector map(UserVector user) {
    if (user.rank() != sourceRank) {
      throw new IllegalArgumentException(
          "bridge from " + source + " needs rank " + sourceRank + ", was " + user.rank());
    }
    float[] mapped = new float[targetRank];
    System.arraycopy(weights, 0, mapped, 0, targetRank);
    for (int s = 0; s < sourceRank; s++) {
      float component = user.get(s);
      int at = (s + 1) * targetRank;
      for (int t = 0; t < targetRank; t++) {
        mapped[t] += component * weights[at + t];
      }
    }
    return UserVector.copyOf(mapped, bias.of(user.bias()));
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeText(source.value()).writeText(target.value()).writeCount(sourceRank);
    FloatArrays.write(out, weights);
    bias.write(out);
  }

  static LinearBridge read(BinaryReader in) {
    DomainId source = DomainId.of(in.readText());
    DomainId target = DomainId.of(in.readText());
    int rank = Math.toIntExact(in.readCount());
    return new LinearBridge(source, target, rank, FloatArrays.read(in), BiasTransfer.read(in));
  }
}
