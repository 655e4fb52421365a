package dev.thaw.models.bridge;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;

/**
 * Rating bias in the target from rating bias in the source, {@code b_T = slope b_S}: least squares
 * of the target's ratings beyond item means, each rating counting alike, shrunk towards no
 * transfer.
 */
record BiasTransfer(double slope) {
  /** Squared biases, on the rating scale, that "no transfer" is worth. */
  private static final double SHRINKAGE = 5;

  /**
   * @param source shrunk bias of each user
   * @param target sum of what each user's ratings hold beyond item means
   * @param ratings of each user in the target
   */
  static BiasTransfer fit(double[] source, double[] target, int[] ratings) {
    double cross = 0;
    double square = SHRINKAGE;
    for (int u = 0; u < source.length; u++) {
      cross += source[u] * target[u];
      square += source[u] * source[u] * ratings[u];
    }
    return new BiasTransfer(cross / square);
  }

  double of(double sourceBias) {
    return slope * sourceBias;
  }

  void write(BinaryWriter out) {
    out.writeDouble(slope);
  }

  static BiasTransfer read(BinaryReader in) {
    return new BiasTransfer(in.readDouble());
  }
}
