package dev.thaw.models.bridge;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;

/**
 * The one-sided test of a pair of domains against "the bridge is no better than the best fallback",
 * and what the other pairs that were decided with it leave of it, see {@link PairFamily}.
 *
 * @param p of the pair alone, the larger one of a bootstrap and of random signs, in (0, 1]
 * @param adjusted the same adjusted by Holm over all the pairs; a pair whose adjusted p-value is
 *     above {@link PairFamily#ALPHA} is not enabled
 * @param pairs that were decided together; 0 in decisions of earlier versions, which corrected for
 *     none and kept no p-value
 */
public record PairTest(double p, double adjusted, int pairs) {
  static final PairTest OF_EARLIER_VERSION = new PairTest(1, 1, 0);

  public PairTest {
    if (!(p > 0 && p <= adjusted && adjusted <= 1) || pairs < 0) {
      throw new IllegalArgumentException(
          "pair test needs 0 < p <= adjusted <= 1 and pairs >= 0, had p "
              + p
              + ", adjusted "
              + adjusted
              + ", pairs "
              + pairs);
    }
  }

  /** Of a pair that is the only one. */
  public static PairTest alone(double p) {
    return new PairTest(p, p, 1);
  }

  boolean isRejected() {
    return adjusted <= PairFamily.ALPHA;
  }

  void write(BinaryWriter out) {
    out.writeDouble(p).writeDouble(adjusted).writeCount(pairs);
  }

  static PairTest read(BinaryReader in) {
    return new PairTest(in.readDouble(), in.readDouble(), Math.toIntExact(in.readCount()));
  }
}
