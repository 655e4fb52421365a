package dev.thaw.launcher.bench;

import dev.thaw.evaluation.exploration.PlantedRegret;
import dev.thaw.evaluation.exploration.ThompsonCost;
import dev.thaw.evaluation.exploration.ThompsonRequests;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BanditLearner;
import dev.thaw.models.bandit.EvidenceSnapshot;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.UniformPolicy;
import dev.thaw.models.bandit.linear.DiagonalLearner;
import dev.thaw.models.bandit.linear.LinearPrior;
import dev.thaw.models.bandit.linear.LinearThompson;
import dev.thaw.models.bandit.linear.RidgeLearner;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Linear Thompson sampling with diagonal covariance beside full: a request over 10,000 arms, an
 * observation, and the regret on planted worlds.
 */
final class LinearThompsonTimes {
  private static final int ARMS = 10_000;
  private static final int DIMENSION = 128;
  private static final double MOST_MILLIS = 5;
  private static final int TURNS = 5;
  private static final double MILLION = 1e6;

  private static final int WORLD_ARMS = 20;
  private static final int WORLD_DIMENSION = 16;
  private static final int ROUNDS = 10_000;
  private static final int SNAPSHOT_EVERY = 20;
  private static final int WORLDS = 5;
  private static final int DRAWS = 100;
  private static final double FLOOR = 0.01;

  private LinearThompsonTimes() {}

  static List<Figure> run(BenchContext context) throws Exception {
    List<Figure> figures = new ArrayList<>();
    figures.add(request(context));
    figures.add(observation(context));
    for (boolean correlated : new boolean[] {false, true}) {
      figures.add(regret(context, correlated));
    }
    return figures;
  }

  private static Figure request(BenchContext context) throws Exception {
    SplittableRandom random = new SplittableRandom(context.seed());
    ThompsonRequests requests = new ThompsonRequests(ARMS, DIMENSION, random);
    WarmUp.Taken warm =
        WarmUp.of(() -> 1e3 / median(clocked(requests, context.measured().toNanos() / 4, random)));
    List<Double> millis = clocked(requests, context.measured().toNanos(), random);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    ThompsonCost cost =
        ThompsonCost.measure(requests, TURNS, threads::getCurrentThreadCpuTime, random);
    return Figure.of(
            "linear Thompson, 1 of %,d arms, d = %d, diagonal, shortlist of 500"
                .formatted(ARMS, DIMENSION),
            median(millis),
            "ms by the clock")
        .beside("full covariance, CPU", 1e3 * median(cost.fullSeconds()))
        .atMost(MOST_MILLIS)
        .with("p99 ms", millis.get(millis.size() * 99 / 100))
        .with("CPU ms", 1e3 * median(cost.diagonalSeconds()))
        .with("million products of variances", cost.diagonal().varianceProducts() / MILLION)
        .with("of means", cost.diagonal().meanProducts() / MILLION)
        .with("full, of variances", cost.full().varianceProducts() / MILLION)
        .with("of warm-up's end spent compiling", warm.compiling());
  }

  /** Milliseconds of requests, ascending. */
  private static List<Double> clocked(
      ThompsonRequests requests, long nanos, SplittableRandom random) {
    List<Double> millis = new ArrayList<>();
    long begun = System.nanoTime();
    long last = begun;
    while (last - begun < nanos) {
      var unused = requests.diagonal(random);
      long now = System.nanoTime();
      millis.add((now - last) / 1e6);
      last = now;
    }
    Collections.sort(millis);
    return millis;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static Figure observation(BenchContext context) {
    LinearPrior prior = new LinearPrior(DIMENSION, 1);
    double diagonal = microseconds(context, new DiagonalLearner(prior, arm -> true, Fading.NONE));
    double full = microseconds(context, new RidgeLearner(prior, arm -> true, Fading.NONE));
    return Figure.of(
            "linear Thompson, one observation, d = %d, diagonal".formatted(DIMENSION),
            diagonal,
            "us")
        .beside("full covariance", full);
  }

  private static double microseconds(BenchContext context, BanditLearner<?> learner) {
    SplittableRandom random = new SplittableRandom(context.seed());
    float[][] contexts = new float[64][DIMENSION];
    for (float[] x : contexts) {
      for (int j = 0; j < x.length; j++) {
        x[j] = (float) random.nextGaussian();
      }
    }
    ItemId arm = PlantedWorld.item(0);
    double each = 0;
    // the first turn compiles
    for (int turn = 0; turn < 2; turn++) {
      long begun = System.nanoTime();
      int observed = 0;
      while (System.nanoTime() - begun < context.measured().toNanos() / 4) {
        for (float[] x : contexts) {
          learner.observe(arm, x, 0.5, 0);
        }
        observed += contexts.length;
      }
      each = (System.nanoTime() - begun) / 1e3 / observed;
    }
    return each;
  }

  private static Figure regret(BenchContext context, boolean correlated) {
    PlantedRegret world = new PlantedRegret(WORLD_ARMS, WORLD_DIMENSION, correlated);
    LinearPrior prior = new LinearPrior(WORLD_DIMENSION, world.lambda());
    return Figure.of(
            "linear Thompson, %d arms, d = %d, %s features, diagonal"
                .formatted(WORLD_ARMS, WORLD_DIMENSION, correlated ? "correlated" : "independent"),
            mean(
                context,
                world,
                new LinearThompson<>(world.noise(), DRAWS, FLOOR),
                () -> new DiagonalLearner(prior, arm -> true, Fading.NONE)),
            "regret a round")
        .beside(
            "full covariance",
            mean(
                context,
                world,
                new LinearThompson<>(world.noise(), DRAWS, FLOOR),
                () -> new RidgeLearner(prior, arm -> true, Fading.NONE)))
        .beside(
            "uniform",
            mean(
                context,
                world,
                new UniformPolicy<>(),
                () -> new DiagonalLearner(prior, arm -> true, Fading.NONE)));
  }

  private static <E extends EvidenceSnapshot> double mean(
      BenchContext context,
      PlantedRegret world,
      ExplorationPolicy<E> policy,
      Supplier<BanditLearner<E>> learner) {
    double sum = 0;
    for (int i = 0; i < WORLDS; i++) {
      sum += world.of(policy, learner.get(), ROUNDS, SNAPSHOT_EVERY, context.seed() + i);
    }
    return sum / WORLDS;
  }
}
