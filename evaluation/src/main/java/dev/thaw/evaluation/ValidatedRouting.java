package dev.thaw.evaluation;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.methods.Hybrid;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses on validation users which methods answer at which stage: those whose bootstrap interval
 * of the per-user difference in nDCG at 10 lies above popularity, best first, and popularity last.
 * So the hybrid is popularity wherever nothing is known to be better.
 */
final class ValidatedRouting {
  /** Interactions given that stand for a stage. */
  private static final Map<Stage, Integer> STANDS_FOR =
      Map.of(Stage.NONE, 0, Stage.FEW, 1, Stage.SOME, 5, Stage.MANY, 20);

  private final Map<Stage, List<String>> names = new EnumMap<>(Stage.class);

  /**
   * @param validation users held out of the training data
   * @param methods trained without them, popularity first
   */
  ValidatedRouting(Experiment validation, List<RankingMethod> methods, int threads, long seed) {
    Figures figures =
        new UsersByK(validation, List.copyOf(STANDS_FOR.values()), Bootstrap.DEFAULT, threads, seed)
            .run(methods, List.of(), (method, k) -> {});
    for (Stage stage : Stage.values()) {
      names.put(
          stage,
          figures.rankings().stream()
              .filter(row -> row.k() == STANDS_FOR.getOrDefault(stage, 0))
              .filter(row -> Optional.ofNullable(row.versusPopularity()).isPresent())
              .filter(ValidatedRouting::wins)
              .sorted(
                  Comparator.comparingDouble((Figures.Ranking row) -> row.ndcg10().mean())
                      .reversed())
              .map(Figures.Ranking::method)
              .toList());
    }
  }

  private static boolean wins(Figures.Ranking row) {
    var difference = row.versusPopularity();
    return difference != null && difference.isAboveZero();
  }

  /** Names of the methods by stage, without popularity at the end. */
  Map<Stage, List<String>> names() {
    return names;
  }

  /**
   * @param methods of the same names, popularity first
   */
  Hybrid hybrid(List<RankingMethod> methods) {
    Map<Stage, List<RankingMethod>> order = new EnumMap<>(Stage.class);
    names.forEach(
        (stage, wanted) -> {
          List<RankingMethod> chosen = new ArrayList<>();
          for (String name : wanted) {
            methods.stream().filter(each -> each.name().equals(name)).forEach(chosen::add);
          }
          chosen.add(methods.get(0));
          order.put(stage, chosen);
        });
    return new Hybrid("hybrid (validated)", RoutingPolicy.standard(), order);
  }
}
