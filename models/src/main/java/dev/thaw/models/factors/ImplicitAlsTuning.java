package dev.thaw.models.factors;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.ColdUsers;
import dev.thaw.models.validation.TuningSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chooses the parameters of implicit ALS on {@link ColdUsers}: for each alpha it climbs lambda in
 * steps of three as long as the figure rises, then half a step to both sides, and tries every ridge
 * of users and every popularity weight on the way.
 *
 * <p>Of what was tried with the best alpha and is worse for the users by no more than one standard
 * error, paired over them, and .003, the least lambda is taken (the rule of Breiman et al.,
 * Classification and Regression Trees, 1984, section 3.4.3, the other way round): users can't tell
 * these apart, and less of it leaves more directions to tell new items apart by.
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
   * @param metrics for a provenance: the figures of the choice, of the best and of popularity;
   *     empty where there were too few users to choose by
   */
  public record Choice(ImplicitAlsConfig config, Map<String, Double> metrics) {
    public Choice {
      metrics = Map.copyOf(metrics);
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
    Search search = new Search(users, random.nextLong());
    int step = 0;
    for (double alpha : ALPHAS) {
      search.climb(alpha);
      progress.step("parameters of implicit ALS of " + positives.domain(), ++step, ALPHAS.length);
    }
    search.halfSteps();
    AlsTrial chosen = AlsTrial.leastLambda(search.tried);
    double grown = Math.sqrt((double) rows / Math.max(1, search.training.rows()));
    return new Choice(
        new ImplicitAlsConfig(
            base.rank(),
            chosen.lambda() * grown,
            chosen.alpha(),
            base.sweeps(),
            chosen.weight(),
            chosen.ridge()),
        Map.of(
            "cold_ndcg@10",
            chosen.ndcg(),
            "cold_best_ndcg@10",
            AlsTrial.best(search.tried).ndcg(),
            "cold_popularity_ndcg@10",
            users.ndcg(PopularityRanker.fit(search.training)),
            "validation_users",
            (double) users.size()));
  }

  /** What has been tried on one sample. */
  private final class Search {
    private final ColdUsers users;
    private final Interactions training;
    private final long seed;
    private final List<AlsTrial> tried = new ArrayList<>();

    Search(ColdUsers users, long seed) {
      this.users = users;
      this.training = users.training();
      this.seed = seed;
    }

    void climb(double alpha) {
      AlsTrial first = measure(FIRST_LAMBDA, alpha);
      if (climb(first, STEP) == first) {
        climb(first, 1 / STEP);
      }
    }

    private AlsTrial climb(AlsTrial from, double factor) {
      AlsTrial best = from;
      for (int step = 0; step < MAX_STEPS; step++) {
        AlsTrial next = measure(best.lambda() * factor, from.alpha());
        if (!(next.ndcg() > best.ndcg())) {
          return best;
        }
        best = next;
      }
      return best;
    }

    void halfSteps() {
      AlsTrial best = AlsTrial.best(tried);
      double half = Math.sqrt(STEP);
      measure(best.lambda() / half, best.alpha());
      measure(best.lambda() * half, best.alpha());
    }

    /** With every ridge and weight; gives the best of them. */
    private AlsTrial measure(double lambda, double alpha) {
      int rank = Math.min(MAX_RANK, base.rank());
      FactorModel model =
          FactorTrainers.implicitAls(
                  new ImplicitAlsConfig(rank, lambda, alpha, SWEEPS, 0),
                  scale,
                  threads,
                  TrainingProgress.SILENT)
              .fit(training, new SplittableRandom(seed));
      List<AlsTrial> trials = new ArrayList<>();
      for (double ridge : USER_RIDGES) {
        for (double weight : POPULARITY_WEIGHTS) {
          FactorModel candidate = model.withUserRidge(ridge).withPopularity(weight, training);
          double[] byUser = users.ndcgByUser(new FactorRanker("implicit-als", candidate));
          double ndcg = Arrays.stream(byUser).sum();
          trials.add(new AlsTrial(lambda, alpha, ridge, weight, byUser, ndcg));
        }
      }
      tried.addAll(trials);
      return AlsTrial.best(trials);
    }
  }
}
