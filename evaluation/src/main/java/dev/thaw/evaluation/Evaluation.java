package dev.thaw.evaluation;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.measure.Rows;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.methods.RankerParameters;
import dev.thaw.evaluation.methods.RankerTraining;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.methods.RatingMethod;
import dev.thaw.evaluation.methods.RatingMethods;
import dev.thaw.evaluation.methods.Routed;
import dev.thaw.evaluation.methods.TrainedRankers;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.served.RoutingTrainer;
import dev.thaw.models.served.ServedTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One experiment from end to end: parameters and routing are chosen on users held out of the
 * training data, then everything is trained on all of it and measured on the test users, once.
 *
 * @param counts interactions given; {@link Cases#WHOLE_SUPPORT} for all that a split fixes
 * @param extent which methods are measured
 * @param threads of the trainings; changes nothing but the time
 */
public record Evaluation(List<Integer> counts, Extent extent, int threads, long seed) {
  private static final String LEARNED = "hybrid (learned routing)";

  public Evaluation {
    counts = List.copyOf(counts);
  }

  /** Of all methods. */
  public Evaluation(List<Integer> counts, int threads, long seed) {
    this(counts, Extent.ALL, threads, seed);
  }

  /** Hears how far an evaluation is. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param done steps of {@code of}, for each part of the work anew
     */
    void at(String part, int done, int of);
  }

  /**
   * What was measured of each user, and how it came about.
   *
   * @param skipped what could not be measured, with the reason
   */
  public record Outcome(
      Measurements measured, Map<String, String> chosen, Map<String, String> skipped) {}

  /**
   * @param content neighbours of the target's items, null where items have no text
   */
  public Figures run(
      Experiment experiment, @Nullable ContentNeighbours content, Listener listener) {
    return figures(measure(experiment, content, listener));
  }

  /** The rows of a report. */
  public Figures figures(Outcome outcome) {
    return new Rows(outcome.measured, Bootstrap.DEFAULT, seed)
        .figures()
        .with(outcome.chosen, outcome.skipped);
  }

  /**
   * The same, user by user.
   *
   * @param content neighbours of the target's items, null where items have no text
   */
  public Outcome measure(
      Experiment experiment, @Nullable ContentNeighbours content, Listener listener) {
    Rankers rankers = train(experiment, content, listener);
    List<RatingMethod> ratings = RatingMethods.train(experiment, content, extent, threads, seed);
    int[] done = new int[1];
    int of = counts.size() * (rankers.methods.size() + ratings.size());
    Measurements measured =
        new UsersByK(experiment, counts, Bootstrap.DEFAULT, threads, seed)
            .measure(
                rankers.methods, ratings, (method, k) -> listener.at("measuring", done[0]++, of));
    return new Outcome(measured, rankers.chosen, rankers.skipped);
  }

  /**
   * Ranking methods ready to be measured.
   *
   * @param methods popularity first, the routings last
   * @param chosen on validation users
   * @param skipped what could not be trained, with the reason
   */
  public record Rankers(
      List<RankingMethod> methods, Map<String, String> chosen, Map<String, String> skipped) {
    public Rankers {
      methods = List.copyOf(methods);
    }
  }

  /** Chooses parameters and routing, and trains; the test users have no part in it. */
  public Rankers train(
      Experiment experiment, @Nullable ContentNeighbours content, Listener listener) {
    listener.at("choosing parameters", 0, 1);
    RankerParameters parameters = RankerParameters.choose(experiment, extent, threads, seed);
    Optional<RoutingTable> routing =
        extent.learnedRouting() ? routing(experiment, listener) : Optional.empty();
    listener.at("training", 0, 1);
    TrainedRankers trained =
        RankerTraining.train(experiment, content, parameters, extent, threads, seed);
    Map<String, String> skipped = new TreeMap<>(trained.skipped());
    List<RankingMethod> rankings = new ArrayList<>(trained.methods());
    rankings.add(Routed.byDefault(trained.served()));
    routing.ifPresentOrElse(
        table ->
            rankings.add(new Routed(LEARNED, trained.served(), RoutingPolicy.standard(), table)),
        () ->
            skipped.put(
                LEARNED,
                extent.learnedRouting()
                    ? "too few users to choose a routing by"
                    : "not asked for"));
    return new Rankers(rankings, chosen(parameters, routing, rankings), skipped);
  }

  /** As the job learns it, of the training data. */
  private Optional<RoutingTable> routing(Experiment experiment, Listener listener) {
    return new RoutingTrainer(
            RoutingPolicy.standard(),
            new ServedTrainer(threads, seed),
            RoutingTrainer.FOLDS,
            RoutingTrainer.MAX_USERS,
            (what, done, of) -> listener.at("learning the routing", done, of))
        .fit(experiment.served(null));
  }

  private static Map<String, String> chosen(
      RankerParameters parameters, Optional<RoutingTable> routing, List<RankingMethod> rankings) {
    Map<String, String> chosen = new TreeMap<>(parameters.toMap());
    rankings.stream()
        .filter(each -> !each.note().isEmpty())
        .forEach(each -> chosen.put("trained " + each.name(), each.note()));
    routing.ifPresent(
        each -> each.toMap().forEach((cell, figures) -> chosen.put("routing " + cell, figures)));
    return chosen;
  }
}
