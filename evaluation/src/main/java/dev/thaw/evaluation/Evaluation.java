package dev.thaw.evaluation;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.methods.Hybrid;
import dev.thaw.evaluation.methods.MethodNames;
import dev.thaw.evaluation.methods.RankerParameters;
import dev.thaw.evaluation.methods.RankerTraining;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.methods.RatingMethod;
import dev.thaw.evaluation.methods.RatingMethods;
import dev.thaw.evaluation.methods.TrainedRankers;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.split.ValidationSplit;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.metrics.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One experiment from end to end: parameters and routing are chosen on users held out of the
 * training data, then everything is trained on all of it and measured on the test users, once.
 *
 * @param counts interactions given; a split that fixes the support of its users has its own
 * @param threads of the trainings; changes nothing but the time
 */
public record Evaluation(List<Integer> counts, int threads, long seed) {
  public Evaluation {
    counts = List.copyOf(counts);
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
   * @param content neighbours of the target's items, null where items have no text
   */
  public Figures run(
      Experiment experiment, @Nullable ContentNeighbours content, Listener listener) {
    listener.at("choosing parameters", 0, 1);
    RankerParameters parameters = RankerParameters.choose(experiment, threads, seed);
    listener.at("choosing the routing", 0, 1);
    Experiment validation = ValidationSplit.of(experiment, seed);
    ValidatedRouting routing =
        new ValidatedRouting(
            validation,
            RankerTraining.train(validation, content, parameters, threads, seed).methods().stream()
                .filter(method -> !method.name().startsWith(MethodNames.ITEM_RIDGE))
                .toList(),
            threads,
            seed);
    listener.at("training", 0, 1);
    TrainedRankers trained = RankerTraining.train(experiment, content, parameters, threads, seed);
    List<RankingMethod> rankings = new ArrayList<>(trained.methods());
    Hybrid chosen = routing.hybrid(rankings);
    rankings.add(trained.routed());
    rankings.add(chosen);
    List<RatingMethod> ratings = RatingMethods.train(experiment, content, threads, seed);
    int[] done = new int[1];
    int of = counts.size() * (rankings.size() + ratings.size());
    return new UsersByK(experiment, counts, Bootstrap.DEFAULT, threads, seed)
        .run(rankings, ratings, (method, k) -> listener.at("measuring", done[0]++, of))
        .withChosen(chosen(parameters, routing, rankings));
  }

  private static Map<String, String> chosen(
      RankerParameters parameters, ValidatedRouting routing, List<RankingMethod> rankings) {
    Map<String, String> chosen = new TreeMap<>(parameters.toMap());
    rankings.stream()
        .filter(each -> !each.note().isEmpty())
        .forEach(each -> chosen.put("trained " + each.name(), each.note()));
    routing.names().forEach((stage, names) -> chosen.put("routing " + stage.label(), "" + names));
    return chosen;
  }
}
