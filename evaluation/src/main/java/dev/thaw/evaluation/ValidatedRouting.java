package dev.thaw.evaluation;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.methods.Hybrid;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Chooses on validation users which of the methods that serving has answer at which stage: those
 * with a higher mean nDCG at 10 than popularity over the numbers of given interactions of that
 * stage, best first, and popularity last. A method whose bootstrap interval of the per-user
 * difference to popularity lies below zero for one of these numbers is left out.
 */
final class ValidatedRouting {
  static final String NAME = "hybrid (validated)";

  /** Interactions given that stand for a stage. */
  private static final Map<Stage, List<Integer>> STANDS_FOR =
      Map.of(
          Stage.NONE, List.of(0),
          Stage.FEW, List.of(1),
          Stage.SOME, List.of(3, 5, 10),
          Stage.MANY, List.of(20));

  private final Map<Stage, List<String>> names = new EnumMap<>(Stage.class);

  /**
   * @param validation users held out of the training data
   * @param methods trained without them, popularity first
   */
  ValidatedRouting(Experiment validation, List<RankingMethod> methods, int threads, long seed) {
    List<Integer> counts = STANDS_FOR.values().stream().flatMap(List::stream).toList();
    Figures figures =
        new UsersByK(validation, counts, Bootstrap.DEFAULT, threads, seed)
            .run(methods, List.of(), (method, k) -> {});
    STANDS_FOR.forEach((stage, given) -> names.put(stage, winners(figures, given)));
  }

  private static List<String> winners(Figures figures, List<Integer> given) {
    Map<String, List<Figures.Ranking>> byMethod =
        figures.rankings().stream()
            .filter(row -> given.contains(row.k()) && row.versusPopularity() != null)
            .collect(Collectors.groupingBy(Figures.Ranking::method));
    return byMethod.entrySet().stream()
        .filter(each -> each.getValue().stream().mapToDouble(ValidatedRouting::gain).sum() > 0)
        .filter(each -> each.getValue().stream().noneMatch(row -> high(row) < 0))
        .sorted(Comparator.comparingDouble(each -> -mean(each.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double gain(Figures.Ranking row) {
    Interval difference = row.versusPopularity();
    return difference == null ? 0 : difference.mean();
  }

  private static double high(Figures.Ranking row) {
    Interval difference = row.versusPopularity();
    return difference == null ? 0 : difference.high();
  }

  private static double mean(List<Figures.Ranking> rows) {
    return rows.stream().mapToDouble(row -> row.ndcg10().mean()).average().orElse(0);
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
    return new Hybrid(NAME, RoutingPolicy.standard(), order);
  }
}
