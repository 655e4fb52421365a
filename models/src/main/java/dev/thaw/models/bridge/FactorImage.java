package dev.thaw.models.bridge;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.RowProducts;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.kernel.RankingSpace;

/**
 * Maps places in a {@link RankingSpace} to the target's factors: each dimension to the vector whose
 * scores come nearest to it. Immutable, thread-safe.
 */
final class FactorImage {
  private final int rank;
  private final float[] onto;
  private final BiasTransfer bias;

  /**
   * @param rank of the space
   * @param onto rank of the space x rank of the target's factors, row after row
   */
  private FactorImage(int rank, float[] onto, BiasTransfer bias) {
    if (onto.length % rank != 0) {
      throw new IllegalArgumentException(
          "needs a multiple of rank " + rank + " numbers, had " + onto.length);
    }
    this.rank = rank;
    this.onto = onto;
    this.bias = bias;
  }

  static FactorImage of(RankingSpace space, FactorModel targetModel, BiasTransfer bias) {
    RowProjection projection = new RowProjection(targetModel);
    float[] onto = new float[space.rank() * targetModel.rank()];
    for (int dimension = 0; dimension < space.rank(); dimension++) {
      float[] vector = projection.of(space.column(dimension));
      System.arraycopy(vector, 0, onto, dimension * vector.length, vector.length);
    }
    return new FactorImage(space.rank(), onto, bias);
  }

  UserVector of(float[] place, double sourceBias) {
    double[] wide = new double[place.length];
    for (int i = 0; i < place.length; i++) {
      wide[i] = place[i];
    }
    return UserVector.copyOf(times(wide, onto, onto.length / rank), bias.of(sourceBias));
  }

  /** A row times a matrix of that width, row after row. */
  static float[] times(double[] row, float[] matrix, int width) {
    return FloatArrays.rounded(RowProducts.weightedSum(row, matrix, width));
  }

  void write(BinaryWriter out) {
    FloatArrays.write(out, onto);
    bias.write(out);
  }

  /**
   * @param rank of the space
   */
  static FactorImage read(int rank, BinaryReader in) {
    return new FactorImage(rank, FloatArrays.read(in), BiasTransfer.read(in));
  }
}
