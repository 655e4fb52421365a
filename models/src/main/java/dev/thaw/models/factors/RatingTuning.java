package dev.thaw.models.factors;

import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.ColdUsers;
import dev.thaw.models.validation.TuningSample;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Chooses the parameters of rating models on {@link ColdUsers}, by RMSE: lambda is climbed as long
 * as the figure falls, for ALS with each power of the counts, and every ridge of the fold-in is
 * tried on the way.
 *
 * <p>It works on a sample of the users and at a small rank. Lambdas are relative to the residuals,
 * and what was best for a fifth of the users of MovieLens 1M was best for all of them, so they are
 * taken as they are. O(candidates x training of the sample). Immutable, thread-safe.
 */
public final class RatingTuning {
  private static final int MAX_RANK = 16;
  private static final int SWEEPS = 6;
  private static final double STEP = 1.5;
  private static final int MAX_STEPS = 4;

  /** Powers of the counts, each with the lambda to begin at. */
  private static final double[][] ALS_STARTS = {{0.5, 1.75}, {1, 0.2}};

  private static final double[] FOLD_IN_LAMBDAS = {0.6, 1.25, 2.5, 5, 10};

  private final RatingScale scale;
  private final int threads;
  private final TrainingProgress progress;
  private final ColdUsers users;
  private final Interactions training;
  private final long seed;

  /**
   * @param ratings of whom a sample is trained on, and users are held out
   */
  public RatingTuning(
      Interactions ratings,
      RatingScale scale,
      int threads,
      TrainingProgress progress,
      RandomGenerator random) {
    this.scale = scale;
    this.threads = threads;
    this.progress = progress;
    this.users = TuningSample.of(ratings, random);
    this.training = users.training();
    this.seed = random.nextLong();
  }

  /**
   * What was chosen.
   *
   * @param metrics for a provenance: the figure of the choice and of the biases; empty where there
   *     were too few users to choose by
   */
  public record Choice<C>(C config, Map<String, Double> metrics) {
    public Choice {
      metrics = Map.copyOf(metrics);
    }
  }

  private record Point<C>(C config, double rmse) {}

  /**
   * @param base all but the two lambdas and the power of the counts, and these where there are too
   *     few users
   */
  public Choice<ExplicitAlsConfig> choose(ExplicitAlsConfig base) {
    if (users.isEmpty()) {
      return new Choice<>(base, Map.of());
    }
    Point<ExplicitAlsConfig> best = new Point<>(base, Double.POSITIVE_INFINITY);
    int step = 0;
    for (double[] start : ALS_STARTS) {
      best = better(best, climb(start[1], lambda -> measure(base, lambda, start[0])));
      progress.step(
          "parameters of explicit ALS of " + training.domain(), ++step, ALS_STARTS.length);
    }
    return choice(best);
  }

  /**
   * @param base all but the two lambdas of the factors, and these where there are too few users
   */
  public Choice<BiasedFactorisationConfig> choose(BiasedFactorisationConfig base) {
    if (users.isEmpty()) {
      return new Choice<>(base, Map.of());
    }
    Point<BiasedFactorisationConfig> best = climb(base.lambda(), lambda -> measure(base, lambda));
    progress.step("parameters of biased factorisation of " + training.domain(), 1, 1);
    return choice(best);
  }

  private <C> Choice<C> choice(Point<C> best) {
    BiasModel biases = BiasModel.fit(training, scale);
    return new Choice<>(
        best.config,
        Map.of(
            "cold_rmse",
            best.rmse,
            "cold_bias_rmse",
            users.rmse(
                history -> {
                  double bias = biases.userBias(history);
                  return item -> biases.rating(bias, biases.items().indexOf(item));
                }),
            "validation_users",
            (double) users.size()));
  }

  private static <C> Point<C> better(Point<C> one, Point<C> other) {
    return other.rmse < one.rmse ? other : one;
  }

  private static <C> Point<C> climb(double from, DoubleFunction<Point<C>> measure) {
    Point<C> first = measure.apply(from);
    Point<C> up = climb(first, from, STEP, measure);
    return up.equals(first) ? climb(first, from, 1 / STEP, measure) : up;
  }

  private static <C> Point<C> climb(
      Point<C> first, double from, double factor, DoubleFunction<Point<C>> measure) {
    Point<C> best = first;
    double lambda = from;
    for (int step = 0; step < MAX_STEPS; step++) {
      lambda *= factor;
      Point<C> next = measure.apply(lambda);
      if (!(next.rmse < best.rmse)) {
        return best;
      }
      best = next;
    }
    return best;
  }

  private Point<ExplicitAlsConfig> measure(
      ExplicitAlsConfig base, double lambda, double countPower) {
    ExplicitAlsConfig small =
        base.withSize(Math.min(MAX_RANK, base.rank()), SWEEPS)
            .withRegularisation(lambda, countPower, base.foldInLambda());
    FactorModel model =
        FactorTrainers.explicitAls(small, scale, threads, TrainingProgress.SILENT)
            .fit(training, new SplittableRandom(seed));
    return best(
        model, base.foldInLambda(), foldIn -> base.withRegularisation(lambda, countPower, foldIn));
  }

  private Point<BiasedFactorisationConfig> measure(BiasedFactorisationConfig base, double lambda) {
    BiasedFactorisationConfig small =
        base.withRank(Math.min(MAX_RANK, base.rank()))
            .withRegularisation(lambda, base.foldInLambda());
    FactorModel model =
        FactorTrainers.biasedFactorisation(small, scale, TrainingProgress.SILENT)
            .fit(training, new SplittableRandom(seed));
    return best(model, base.foldInLambda(), foldIn -> base.withRegularisation(lambda, foldIn));
  }

  /** Of all ridges of the fold-in of a model that has one of them. */
  private <C> Point<C> best(FactorModel model, double foldInLambda, DoubleFunction<C> config) {
    return Arrays.stream(FOLD_IN_LAMBDAS)
        .mapToObj(
            each -> new Point<>(config.apply(each), rmse(model.withRidge(each / foldInLambda))))
        .min(Comparator.comparingDouble(Point::rmse))
        .orElseThrow();
  }

  private double rmse(FactorModel model) {
    return users.rmse(
        (History history) -> {
          UserVector vector = model.foldIn(history);
          return item -> model.rating(vector, item);
        });
  }
}
