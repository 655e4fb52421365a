package dev.thaw.evaluation.claims;

import dev.thaw.evaluation.Cases;
import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.UsersByK;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.methods.RankerParameters;
import dev.thaw.evaluation.methods.RankerTraining;
import dev.thaw.evaluation.methods.RatingMethods;
import dev.thaw.evaluation.simulation.SemiSynthetic;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.metrics.Bootstrap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One experiment that claims are measured on. What several of them need is trained and measured
 * once, when the first one asks for it. One thread.
 */
public final class ClaimRun {
  /** Why there is no {@link #semiSynthetic}. */
  static final String NO_WORLD = "too few users, or too few items that are described";

  private static final List<Integer> COUNTS = List.of(0, 1, 2, 3, 5);

  private final Experiment experiment;
  private final @Nullable ContentNeighbours content;
  private final int threads;
  private final long seed;
  private final LongSupplier cpuNanos;
  private final Simulated simulated;
  private final Evaluation.Listener listener;
  private @Nullable Measurements rated;
  private @Nullable Measurements ranked;
  private @Nullable Optional<SemiSynthetic> loop;

  /**
   * How long simulations run.
   *
   * @param rounds of worlds of fixed chances
   * @param runs of these, for each policy
   * @param splits of the ratings that worlds are made of
   */
  public record Simulated(int rounds, int runs, int splits) {
    /** Forty runs, ten splits. */
    public static Simulated ofRounds(int rounds) {
      return new Simulated(rounds, 40, 10);
    }
  }

  /**
   * @param content neighbours of the target's items, null where these have no vectors
   * @param cpuNanos what all threads have used
   */
  public ClaimRun(
      Experiment experiment,
      @Nullable ContentNeighbours content,
      int threads,
      long seed,
      LongSupplier cpuNanos,
      Simulated simulated,
      Evaluation.Listener listener) {
    this.experiment = experiment;
    this.content = content;
    this.threads = threads;
    this.seed = seed;
    this.cpuNanos = cpuNanos;
    this.simulated = simulated;
    this.listener = listener;
  }

  /** All claims in turn. */
  public List<ClaimResult> results() {
    return AllClaims.LIST.stream().map(claim -> claim.on(this)).toList();
  }

  Experiment experiment() {
    return experiment;
  }

  int threads() {
    return threads;
  }

  long seed() {
    return seed;
  }

  long cpuNanos() {
    return cpuNanos.getAsLong();
  }

  Simulated simulated() {
    return simulated;
  }

  boolean hasContent() {
    return content != null;
  }

  void at(String part) {
    listener.at(part, 0, 1);
  }

  /** The same resamples for all. */
  SplittableRandom random() {
    return new SplittableRandom(seed);
  }

  /** A closed loop made of the training data; empty where there is too little of it. */
  Optional<SemiSynthetic> semiSynthetic() {
    Optional<SemiSynthetic> known = loop;
    if (known == null) {
      at("a world of its ratings");
      known =
          SemiSynthetic.learn(
              experiment.training(),
              experiment.scale(),
              experiment.catalogue(),
              threads,
              simulated.splits(),
              seed,
              learned -> {});
      loop = known;
    }
    return known;
  }

  /** All predictors of ratings, the networks included. */
  Measurements rated() {
    Measurements known = rated;
    if (known == null) {
      at("training predictors");
      var methods = RatingMethods.train(experiment, content, Extent.ALL, threads, seed);
      known = users().measure(List.of(), methods, (method, k) -> at("measuring predictors"));
      rated = known;
    }
    return known;
  }

  /** What serving ranks by. */
  Measurements ranked() {
    Measurements known = ranked;
    if (known == null) {
      at("training rankers");
      RankerParameters parameters =
          RankerParameters.choose(experiment, Extent.SERVED, threads, seed);
      var methods =
          RankerTraining.train(experiment, content, parameters, Extent.SERVED, threads, seed)
              .methods();
      known = users().measure(methods, List.of(), (method, k) -> at("measuring rankers"));
      ranked = known;
    }
    return known;
  }

  private UsersByK users() {
    List<Integer> counts = experiment.fixesSupport() ? List.of(Cases.WHOLE_SUPPORT) : COUNTS;
    return new UsersByK(experiment, counts, Bootstrap.DEFAULT, threads, seed);
  }

  /** Users' mean absolute errors; empty if there is no such predictor. */
  Optional<double[]> userMae(int k, String method) {
    return rated().rated().getOrDefault(k, List.of()).stream()
        .filter(each -> each.method().equals(method))
        .findFirst()
        .map(each -> each.userMae());
  }

  /** nDCG@10 by user; empty if there is no such ranker. */
  Optional<double[]> ndcg(int k, String method) {
    return ranked().ranked().getOrDefault(k, List.of()).stream()
        .filter(each -> each.method().name().equals(method))
        .findFirst()
        .map(each -> each.ndcg());
  }
}
