package dev.thaw.models.projection;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;

/**
 * How firmly items are held at their projection as their likes come in.
 *
 * @param value precision of the prior whose mean the projection is, as a multiple of the factors'
 *     lambda; above 0
 * @param ndcg mean nDCG at 10 over 1, 3, 10, 50 and 500 known likes of items that neither factors
 *     nor projection were trained on and that did not choose it; 0 where there were too few to
 *     measure
 */
public record PriorStrength(double value, double ndcg) {
  /** Where there is nothing to choose it by. */
  static final PriorStrength UNMEASURED = new PriorStrength(1, 0);

  private static final double[] CANDIDATES = {0.1, 0.3, 1, 3, 10, 30};
  private static final int[] KNOWN = {1, 3, 10, 50, 500};

  public PriorStrength {
    if (!(value > 0)) {
      throw new IllegalArgumentException("strength of the projection must be > 0, was " + value);
    }
  }

  /** The best on some items, each number of known likes as much as another, measured on others. */
  static PriorStrength choose(
      HeldOutItems choosing, HeldOutItems measuring, Projection projection, ItemPlacer placer) {
    double best = UNMEASURED.value;
    double highest = -1;
    for (double candidate : CANDIDATES) {
      double ndcg = ndcg(choosing, projection, placer.withStrength(candidate));
      if (ndcg > highest) {
        highest = ndcg;
        best = candidate;
      }
    }
    return new PriorStrength(best, ndcg(measuring, projection, placer.withStrength(best)));
  }

  private static double ndcg(HeldOutItems items, Projection projection, ItemPlacer placer) {
    double sum = 0;
    for (int likes : KNOWN) {
      sum += items.ndcg(projection, placer, likes);
    }
    return sum / KNOWN.length;
  }

  void write(BinaryWriter out) {
    out.writeDouble(value).writeDouble(ndcg);
  }

  static PriorStrength read(BinaryReader in) {
    return new PriorStrength(in.readDouble(), in.readDouble());
  }
}
