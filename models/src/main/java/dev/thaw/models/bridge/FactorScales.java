package dev.thaw.models.bridge;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;

/**
 * Root mean square of the components of source and target vectors: networks see and give numbers of
 * about one, whatever the scale of the factors.
 */
record FactorScales(double source, double target) {
  FactorScales {
    if (!(source > 0 && target > 0)) {
      throw new IllegalArgumentException("scales must be > 0, were " + source + ", " + target);
    }
  }

  static FactorScales of(FactorModel sourceModel, Overlap overlap) {
    double source = 0;
    double target = 0;
    for (int u = 0; u < overlap.size(); u++) {
      source += meanSquare(sourceModel.foldIn(overlap.source(u)));
      target += meanSquare(overlap.target(u));
    }
    return new FactorScales(root(source, overlap.size()), root(target, overlap.size()));
  }

  /** 1 where all vectors are zero. */
  private static double root(double sum, int users) {
    return sum > 0 ? Math.sqrt(sum / users) : 1;
  }

  private static double meanSquare(UserVector vector) {
    double sum = 0;
    for (int i = 0; i < vector.rank(); i++) {
      sum += (double) vector.get(i) * vector.get(i);
    }
    return sum / vector.rank();
  }

  double[] source(UserVector vector) {
    return scaled(vector, source);
  }

  double[] target(UserVector vector) {
    return scaled(vector, target);
  }

  private static double[] scaled(UserVector vector, double scale) {
    double[] scaled = new double[vector.rank()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = vector.get(i) / scale;
    }
    return scaled;
  }

  /** The mapped vector plus a scaled rest. */
  UserVector add(UserVector mapped, double[] rest) {
    float[] sum = mapped.vector();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) (target * rest[i]);
    }
    return UserVector.copyOf(sum, mapped.bias());
  }

  void write(BinaryWriter out) {
    out.writeDouble(source).writeDouble(target);
  }

  static FactorScales read(BinaryReader in) {
    return new FactorScales(in.readDouble(), in.readDouble());
  }
}
