package dev.thaw.evaluation.simulation;

import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.linear.InterceptPriors;
import dev.thaw.models.bandit.linear.LinUcb;
import dev.thaw.models.bandit.linear.LinearEvidence;
import dev.thaw.models.bandit.linear.LinearPosteriors;
import dev.thaw.models.bandit.linear.LinearPrior;
import dev.thaw.models.bandit.linear.LinearThompson;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serving's policies as it serves them: arms have the priors of their places in a ranking, and sums
 * are of the features of the last training alone.
 */
final class ServedContenders {
  /** What others are compared with. */
  static final String DEFAULT = "beta-thompson";

  private static final int DRAWS = 200;

  /** As many as no world has. */
  private static final int ARMS = 500;

  private static final double FLOOR = Contenders.SERVED_FLOOR;

  /** Deviation of a reward at a rate of 5 %, about. */
  private static final double NOISE = 0.2;

  private static final double ALPHA = 0.3;

  /** So that nothing but the intercept is learned: what features are worth by themselves. */
  private static final double BLIND = 1e6;

  private static final InterceptPriors RANKS = new InterceptPriors(0, 0);
  private static final InterceptPriors RANKS_AND_COUNTS = InterceptPriors.DEFAULT;

  private ServedContenders() {}

  /**
   * @param d features of a context, the first of which is 1
   */
  static List<Contender<?>> all(int d) {
    return List.of(
        Contenders.counting(DEFAULT, new BetaThompson(DRAWS, FLOOR)),
        thompson(NOISE, new LinearPrior(d, 100), RANKS_AND_COUNTS),
        thompson(NOISE, new LinearPrior(d, BLIND), RANKS_AND_COUNTS),
        thompson(NOISE, new LinearPrior(d, 20), RANKS_AND_COUNTS),
        thompson(NOISE, new LinearPrior(d, 20), RANKS),
        thompson(NOISE, new LinearPrior(d, 20), null),
        thompson(0.3, new LinearPrior(d, 1), null),
        ucb(new LinearPrior(d, 20), RANKS_AND_COUNTS),
        ucb(new LinearPrior(d, 1), RANKS_AND_COUNTS),
        ucb(new LinearPrior(d, 1), null));
  }

  private static Contender<LinearEvidence> thompson(
      double noise, LinearPrior prior, @Nullable InterceptPriors intercepts) {
    return linear(
        "linear-thompson " + noise,
        LinearPosteriors::diagonal,
        prior,
        intercepts,
        new LinearThompson<>(noise, DRAWS, FLOOR));
  }

  private static Contender<LinearEvidence> ucb(
      LinearPrior prior, @Nullable InterceptPriors intercepts) {
    return linear(
        "lin-ucb " + ALPHA,
        served -> LinearPosteriors.ridge(served, ARMS),
        prior,
        intercepts,
        new LinUcb<>(ALPHA, FLOOR));
  }

  /**
   * @param form of posteriors
   * @param intercepts null where arms begin at a mean of 0
   */
  private static Contender<LinearEvidence> linear(
      String name,
      Function<LinearPrior, LinearPosteriors> form,
      LinearPrior prior,
      @Nullable InterceptPriors intercepts,
      ExplorationPolicy<LinearEvidence> policy) {
    return new Contender<>(
        "%s, precision %.0f, from %s".formatted(name, prior.lambda(), begins(intercepts)),
        world -> new ServedLearner(world, () -> form.apply(prior), intercepts),
        policy);
  }

  private static String begins(@Nullable InterceptPriors intercepts) {
    return intercepts == null ? "0" : intercepts.equals(RANKS) ? "ranks" : "ranks and counts";
  }
}
