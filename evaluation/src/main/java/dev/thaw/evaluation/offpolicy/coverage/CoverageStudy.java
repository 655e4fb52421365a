package dev.thaw.evaluation.offpolicy.coverage;

import dev.thaw.evaluation.offpolicy.ClusterBootstrap;
import dev.thaw.evaluation.offpolicy.Diagnostics;
import dev.thaw.evaluation.offpolicy.Estimator;
import dev.thaw.evaluation.offpolicy.Estimators;
import dev.thaw.evaluation.offpolicy.HighProbability;
import dev.thaw.evaluation.offpolicy.Intervals;
import dev.thaw.evaluation.offpolicy.WeightedLog;
import dev.thaw.evaluation.runs.SeededRuns;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Draws logs of worlds again and again and counts how often each interval covers what is true. The
 * same seed gives the same figures whatever the number of threads.
 *
 * @param repetitions for each world
 * @param resamples of the bootstrap
 */
public record CoverageStudy(int repetitions, int resamples, long seed, int threads) {
  /** Coverage of an interval of 95 % that is what it says. */
  static final double LEAST = 0.935;

  static final double MOST = 0.965;

  private static final double MAX_REWARD = 1;

  public CoverageStudy {
    if (repetitions < 1) {
      throw new IllegalArgumentException("repetitions must be >= 1, was " + repetitions);
    }
  }

  private record Key(String estimator, String interval) {}

  private record Repetition(double effective, Map<Key, Interval> intervals) {}

  /** Names of the worlds there are. */
  public static List<String> worlds() {
    return Worlds.all().stream().map(World::name).toList();
  }

  /**
   * @param done told how many repetitions are through, by one thread at a time
   * @throws IllegalArgumentException if there is no such world
   */
  public List<CoverageRow> of(String world, IntConsumer done) {
    return of(
        Worlds.all().stream()
            .filter(each -> each.name().equals(world))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "world must be one of " + worlds() + ", was \"" + world + '"')),
        done);
  }

  List<CoverageRow> of(World world, IntConsumer done) {
    return rows(
        world,
        new SeededRuns(repetitions, seed, threads).of(random -> repeat(world, random), done));
  }

  private Repetition repeat(World world, SplittableRandom random) {
    WeightedLog log = WeightedLog.of(world.draw(random), world.policy());
    double highest = MAX_REWARD * world.slots();
    List<Estimator> estimators = Estimators.of(MAX_REWARD).fitting(log, random);
    List<Intervals> intervals =
        new ClusterBootstrap(resamples, highest)
            .of(estimators.stream().map(each -> each.terms().apply(log)).toList(), random);
    Map<Key, Interval> found = new LinkedHashMap<>();
    for (int e = 0; e < estimators.size(); e++) {
      String name = estimators.get(e).name();
      found.put(new Key(name, "studentised"), intervals.get(e).studentised());
      found.put(new Key(name, "percentile"), intervals.get(e).percentile());
      found.put(new Key(name, "normal"), intervals.get(e).normal());
    }
    found.put(new Key("IPS", "high probability"), new HighProbability(highest).of(log));
    return new Repetition(Diagnostics.of(log).effectiveSampleSize(), found);
  }

  private List<CoverageRow> rows(World world, List<Repetition> all) {
    double effective = 0;
    for (Repetition each : all) {
      effective += each.effective() / repetitions;
    }
    List<CoverageRow> rows = new ArrayList<>();
    for (Key key : all.get(0).intervals().keySet()) {
      double bias = 0;
      double squares = 0;
      double width = 0;
      int covered = 0;
      for (Repetition each : all) {
        Interval interval = Objects.requireNonNull(each.intervals().get(key));
        double error = interval.mean() - world.truth();
        bias += error / repetitions;
        squares += error * error / repetitions;
        width += (interval.high() - interval.low()) / repetitions;
        if (interval.low() <= world.truth() && world.truth() <= interval.high()) {
          covered++;
        }
      }
      double coverage = (double) covered / repetitions;
      rows.add(
          new CoverageRow(
              world.name(),
              key.estimator(),
              key.interval(),
              world.truth(),
              bias,
              Math.sqrt(squares),
              width,
              coverage,
              effective,
              verdict(coverage)));
    }
    return rows;
  }

  private static String verdict(double coverage) {
    return coverage < LEAST ? "undercovers" : coverage > MOST ? "overcovers" : "covers";
  }
}
