package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.ColdUsers;
import dev.thaw.models.validation.TuningSample;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chooses the parameters of implicit ALS on {@link ColdUsers}: for each alpha it climbs lambda in
 * steps of three as long as the figure rises, then half a step to both sides, and tries every ridge
 * of users and every popularity weight on the way.
 *
 * <p>It works on a sample of the users and at a small rank. ALS shrinks each singular value of the
 * matrix by about lambda, and these grow with the root of the number of users: what was best for
 * the sample is scaled by that. O(candidates x training of the sample).
 */
public final class ImplicitAlsTuning {
  private static final int MAX_RANK = 32;
  private static final int SWEEPS = 6;
  private static final double FIRST_LAMBDA = 10;
  private static final double STEP = 3;
  private static final int MAX_STEPS = 4;
  private static final double[] ALPHAS = {0.01, 1};
  private static final double[] USER_RIDGES = {1, 2, 4};
  private static final double[] POPULARITY_WEIGHTS = {0, 0.01, 0.03, 0.1, 0.3};

  private final ImplicitAlsConfig base;
  private final RatingScale scale;
  private final int threads;
  private final TrainingProgress progress;

  /**
   * @param base rank and sweeps of the model to come, and all of it where there are too few users
   */
  public ImplicitAlsTuning(
      ImplicitAlsConfig base, RatingScale scale, int threads, TrainingProgress progress) {
    this.base = base;
    this.scale = scale;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * What was chosen.
   *
   * @param metrics for a provenance: the figure of the choice and of popularity; empty where there
   *     were too few users to choose by
   */
  public record Choice(ImplicitAlsConfig config, Map<String, Double> metrics) {
    public Choice {
      metrics = Map.copyOf(metrics);
    }
  }

  private record Point(double lambda, double alpha, double ridge, double weight, double ndcg) {
    Point better(Point other) {
      return other.ndcg > ndcg ? other : this;
    }
  }

  /**
   * @param positives interactions that the users liked
   */
  public Choice choose(Interactions positives, RandomGenerator random) {
    return choose(positives, positives.rows(), random);
  }

  /**
   * Chooses on some users for a model of more.
   *
   * @param positives interactions that some users liked
   * @param rows users with such interactions of whom the model will learn
   */
  public Choice choose(Interactions positives, int rows, RandomGenerator random) {
    ColdUsers users = TuningSample.of(positives, random);
    if (users.isEmpty()) {
      return new Choice(base, Map.of());
    }
    long seed = random.nextLong();
    Interactions training = users.training();
    Point best = new Point(FIRST_LAMBDA, base.alpha(), 1, 0, -1);
    int step = 0;
    for (double alpha : ALPHAS) {
      Point first = measure(users, training, FIRST_LAMBDA, alpha, seed);
      Point up = climb(users, training, first, STEP, seed);
      best = best.better(up.equals(first) ? climb(users, training, first, 1 / STEP, seed) : up);
      progress.step("parameters of implicit ALS of " + positives.domain(), ++step, ALPHAS.length);
    }
    best = halfSteps(users, training, best, seed);
    double grown = Math.sqrt((double) rows / Math.max(1, training.rows()));
    return new Choice(
        new ImplicitAlsConfig(
            base.rank(), best.lambda * grown, best.alpha, base.sweeps(), best.weight, best.ridge),
        Map.of(
            "cold_ndcg@10",
            best.ndcg,
            "cold_popularity_ndcg@10",
            users.ndcg(PopularityRanker.fit(training)),
            "validation_users",
            (double) users.size()));
  }

  private Point halfSteps(ColdUsers users, Interactions training, Point from, long seed) {
    double half = Math.sqrt(STEP);
    return from.better(measure(users, training, from.lambda / half, from.alpha, seed))
        .better(measure(users, training, from.lambda * half, from.alpha, seed));
  }

  private Point climb(
      ColdUsers users, Interactions training, Point from, double factor, long seed) {
    Point best = from;
    for (int step = 0; step < MAX_STEPS; step++) {
      Point next = measure(users, training, best.lambda * factor, from.alpha, seed);
      if (!(next.ndcg > best.ndcg)) {
        return best;
      }
      best = next;
    }
    return best;
  }

  private Point measure(
      ColdUsers users, Interactions training, double lambda, double alpha, long seed) {
    int rank = Math.min(MAX_RANK, base.rank());
    FactorModel model =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(rank, lambda, alpha, SWEEPS, 0),
                scale,
                threads,
                TrainingProgress.SILENT)
            .fit(training, new SplittableRandom(seed));
    Point best = new Point(lambda, alpha, 1, 0, -1);
    for (double ridge : USER_RIDGES) {
      for (double weight : POPULARITY_WEIGHTS) {
        FactorModel candidate = model.withUserRidge(ridge).withPopularity(weight, training);
        double ndcg = users.ndcg(new FactorRanker("implicit-als", candidate));
        best = best.better(new Point(lambda, alpha, ridge, weight, ndcg));
      }
    }
    return best;
  }
}
