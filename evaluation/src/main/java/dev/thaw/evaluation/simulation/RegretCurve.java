package dev.thaw.evaluation.simulation;

import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How one contender's regret grows, over several seeds.
 *
 * @param rounds checkpoints, ascending
 * @param runs one for each seed, in the order of seeds
 */
public record RegretCurve(String contender, int[] rounds, List<ClosedLoop.Run> runs) {
  public RegretCurve {
    runs = List.copyOf(runs);
  }

  /** Of cumulative regret at each checkpoint, by bootstrap over seeds. */
  public List<Interval> regret(long seed) {
    List<Interval> intervals = new ArrayList<>();
    for (int at = 0; at < rounds.length; at++) {
      int checkpoint = at;
      intervals.add(
          Bootstrap.DEFAULT.mean(
              runs.stream().mapToDouble(run -> run.regret()[checkpoint]).toArray(),
              new SplittableRandom(seed)));
    }
    return intervals;
  }

  /** Regret at the end. */
  public double[] last() {
    return runs.stream().mapToDouble(run -> run.regret()[rounds.length - 1]).toArray();
  }

  /** Mean chance of what was shown, by seed. */
  public double[] rewards() {
    return runs.stream().mapToDouble(ClosedLoop.Run::reward).toArray();
  }

  /** Mean chance of what an oracle shows. */
  double oracle() {
    return runs.stream().mapToDouble(ClosedLoop.Run::best).average().orElseThrow();
  }

  /**
   * How much better a logarithm describes the mean curve than a straight line: the difference of
   * the shares of variance that {@code a + b log t} and {@code a + b t} leave unexplained (least
   * squares), of the checkpoints from a part of the run on. Above 0 the curve is more like log t.
   * Interval by bootstrap over seeds.
   *
   * @param from share of the rounds that are left out, in which nothing is known yet
   */
  public Interval logOverLinear(double from, long seed) {
    Growth growth = Growth.from(rounds, from);
    return ofMean(growth::logOverLinear, seed);
  }

  /**
   * The regret of the second half of the rounds over that of the quarter before: 1 where it grows
   * like log t, the square root of 2 where it grows like that of t, and 2 where it grows like t.
   * Interval by bootstrap over seeds.
   */
  public Interval doubling(long seed) {
    return ofMean(this::doubling, seed);
  }

  private double doubling(double[] curve) {
    int last = rounds[rounds.length - 1];
    double half = curve[at(last / 2)];
    double quarter = half - curve[at(last / 4)];
    return quarter > 0 ? (curve[rounds.length - 1] - half) / quarter : Double.NaN;
  }

  private int at(int round) {
    int place = Arrays.binarySearch(rounds, round);
    return place >= 0 ? place : -place - 1;
  }

  private Interval ofMean(ToDoubleFunction<double[]> figure, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] resampled = new double[Bootstrap.DEFAULT.resamples()];
    for (int r = 0; r < resampled.length; r++) {
      double[] sums = new double[rounds.length];
      for (int s = 0; s < runs.size(); s++) {
        add(runs.get(random.nextInt(runs.size())), sums);
      }
      resampled[r] = figure.applyAsDouble(sums);
    }
    double[] sums = new double[rounds.length];
    runs.forEach(run -> add(run, sums));
    return Bootstrap.DEFAULT.of(figure.applyAsDouble(sums), resampled, runs.size());
  }

  private static void add(ClosedLoop.Run run, double[] sums) {
    for (int at = 0; at < sums.length; at++) {
      sums[at] += run.regret()[at];
    }
  }
}
