package dev.thaw.models.projection;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.training.RowTasks;
import java.util.ArrayList;
import java.util.List;

/**
 * How firmly items are held at their projection as their likes come in, and how far they come to
 * the front by how fast these do.
 *
 * @param value precision of the prior whose mean the projection is, as a multiple of the factors'
 *     lambda; above 0
 * @param power of how many times as many likes are expected as by content alone, with which a
 *     placed vector grows; 0: it does not
 * @param ndcg mean nDCG at 10 over 1, 3, 10, 50 and 500 known likes of items that neither factors
 *     nor projection were trained on and that did not choose it; 0 where there were too few to
 *     measure
 */
public record PriorStrength(double value, double power, double ndcg) {
  /** Where there is nothing to choose it by. */
  static final PriorStrength UNMEASURED = new PriorStrength(1, 0, 0);

  private static final double[] CANDIDATES = {0.1, 0.3, 1, 3, 10, 30};
  private static final double[] POWERS = {0, 0.35, 0.5};
  private static final int[] KNOWN = {1, 3, 10, 50, 500};

  public PriorStrength {
    if (!(value > 0)) {
      throw new IllegalArgumentException("strength of the projection must be > 0, was " + value);
    }
    if (!(power >= 0 && power <= 1)) {
      throw new IllegalArgumentException("power of the likes must be in [0, 1], was " + power);
    }
  }

  /** The best on some items, each number of known likes as much as another, measured on others. */
  static PriorStrength choose(
      HeldOutItems choosing,
      HeldOutItems measuring,
      Projection projection,
      ItemPlacer placer,
      int threads) {
    List<PriorStrength> candidates = new ArrayList<>();
    for (double value : CANDIDATES) {
      for (double power : POWERS) {
        candidates.add(new PriorStrength(value, power, 0));
      }
    }
    List<Projected> projected = choosing.projected(projection);
    double[] reached = new double[candidates.size()];
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          reached.length,
          () -> reached,
          (into, c) -> into[c] = ndcg(choosing, projected, placer.with(candidates.get(c))));
    }
    int best = 0;
    for (int c = 1; c < reached.length; c++) {
      best = reached[c] > reached[best] ? c : best;
    }
    PriorStrength chosen = candidates.get(best);
    return new PriorStrength(
        chosen.value,
        chosen.power,
        ndcg(measuring, measuring.projected(projection), placer.with(chosen)));
  }

  private static double ndcg(HeldOutItems items, List<Projected> projected, ItemPlacer placer) {
    double sum = 0;
    for (int likes : KNOWN) {
      sum += items.ndcg(projected, placer, likes);
    }
    return sum / KNOWN.length;
  }

  void write(BinaryWriter out) {
    out.writeDouble(value).writeDouble(power).writeDouble(ndcg);
  }

  static PriorStrength read(BinaryReader in) {
    return new PriorStrength(in.readDouble(), in.readDouble(), in.readDouble());
  }
}
