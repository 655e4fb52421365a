package dev.thaw.evaluation.offpolicy;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Draws the first slot from a distribution and each next one from what is left of it (Plackett
 * 1975), the way Thaw's bandit fills slots.
 *
 * @param base chances of the eligible arms of a round, in their order; sum 1
 */
public record DrawnInOrder(String name, Function<LoggedRound, double[]> base)
    implements EvaluationPolicy {

  /** Every eligible arm alike. */
  public static DrawnInOrder uniform() {
    return new DrawnInOrder(
        "uniform",
        round -> {
          double[] chances = new double[round.eligible().size()];
          Arrays.fill(chances, 1.0 / chances.length);
          return chances;
        });
  }

  @Override
  public double[] chances(LoggedRound round, int slot) {
    double[] chances = base.apply(round).clone();
    double left = 1;
    for (int before = 0; before < slot; before++) {
      left -= chances[round.place(before)];
      chances[round.place(before)] = 0;
    }
    for (int place = 0; slot > 0 && place < chances.length; place++) {
      // what it never draws first it never draws later: nothing is left then
      chances[place] = left > 0 ? chances[place] / left : 0;
    }
    return chances;
  }

  /** Sums over all that can stand before. O(arms^slot). */
  @Override
  public double[] marginalChances(LoggedRound round, int slot) {
    double[] first = base.apply(round);
    double[] marginal = new double[first.length];
    addFrom(first.clone(), 1, 1, slot, marginal);
    return marginal;
  }

  private static void addFrom(
      double[] remaining, double left, double path, int slots, double[] marginal) {
    for (int place = 0; place < remaining.length; place++) {
      double chance = remaining[place];
      if (chance > 0) {
        if (slots == 0) {
          marginal[place] += path * chance / left;
        } else {
          remaining[place] = 0;
          addFrom(remaining, left - chance, path * chance / left, slots - 1, marginal);
          remaining[place] = chance;
        }
      }
    }
  }
}
