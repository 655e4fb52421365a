package dev.thaw.evaluation;

import dev.thaw.evaluation.Cases.Case;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.methods.Evidence;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.methods.RatingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Coverage;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.training.RowTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Users held out whole; the first K interactions are given, the rest is what counts. Ranking is
 * over the whole catalogue without the given items; relevant are the positive items of the rest.
 */
public final class UsersByK {
  private static final int CUT = 10;

  /** How far down a first hit counts for the reciprocal rank. */
  private static final int LIST = 100;

  private final Experiment experiment;
  private final List<Integer> counts;
  private final Bootstrap bootstrap;
  private final long seed;
  private final int threads;
  private final Cases cases;

  /**
   * @param counts the Ks; a split that fixes the support of its users has its own
   * @param threads change nothing but the time
   */
  public UsersByK(
      Experiment experiment, List<Integer> counts, Bootstrap bootstrap, int threads, long seed) {
    this.experiment = experiment;
    this.counts = List.copyOf(new TreeSet<>(counts));
    this.bootstrap = bootstrap;
    this.threads = threads;
    this.seed = seed;
    this.cases = new Cases(experiment);
  }

  /** Hears which method is measured. */
  @FunctionalInterface
  public interface Listener {
    void measuring(String method, int k);
  }

  /**
   * @param rankings the first one is popularity: it answers where a method doesn't, and every
   *     method is compared with it; with the further baselines, too, and hybrids with the best of
   *     the methods that are none
   */
  public Figures run(List<RankingMethod> rankings, List<RatingMethod> ratings, Listener listener) {
    List<Figures.Ranking> ranked = new ArrayList<>();
    List<Figures.Rating> rated = new ArrayList<>();
    boolean fixed = experiment.test().stream().allMatch(user -> user.support() != null);
    for (int k : fixed ? List.of(-1) : counts) {
      List<Case> met = cases.given(k);
      List<Case> withPositives = met.stream().filter(c -> !c.relevant().isEmpty()).toList();
      List<Measured> lists = new ArrayList<>();
      for (RankingMethod method : rankings) {
        listener.measuring(method.name(), k);
        lists.add(measure(method, rankings.get(0), withPositives));
      }
      lists.forEach(each -> ranked.add(each.row(k, lists)));
      List<Rated> measured = new ArrayList<>();
      for (RatingMethod method : ratings) {
        listener.measuring(method.name(), k);
        measured.add(measure(method, met));
      }
      Optional<double[]> bar =
          measured.stream().filter(each -> each.method.isBar()).map(Rated::userMae).findFirst();
      measured.forEach(each -> rated.add(each.row(k, bar)));
    }
    return new Figures(
        experiment.target().value(),
        experiment.origin(),
        experiment.training().dataHash(),
        seed,
        experiment.training().items().size(),
        Map.of(),
        Map.of(),
        ranked,
        rated);
  }

  private final class Measured {
    final RankingMethod method;
    final double[] recall;
    final double[] ndcg;
    final double[] mrr;
    final int[][] shown;
    final boolean[] answered;

    Measured(RankingMethod method, int users) {
      this.method = method;
      recall = new double[users];
      ndcg = new double[users];
      mrr = new double[users];
      shown = new int[users][];
      answered = new boolean[users];
    }

    void put(int u, Case user, float[] scores) {
      int[] list = TopItems.of(scores, LIST, item -> !user.known().contains(item));
      IntPredicate relevant = user.relevant()::contains;
      recall[u] = RankingMetrics.recall(list, CUT, relevant, user.relevant().size());
      ndcg[u] = RankingMetrics.ndcg(list, CUT, relevant, user.relevant().size());
      mrr[u] = RankingMetrics.reciprocalRank(list, relevant);
      shown[u] = Arrays.copyOf(list, Math.min(CUT, list.length));
    }

    private int answers() {
      return (int) IntStream.range(0, answered.length).filter(u -> answered[u]).count();
    }

    private double coverage() {
      Coverage coverage = new Coverage(experiment.training().items().size());
      Arrays.stream(shown).forEach(coverage::add);
      return coverage.share();
    }

    private double mean() {
      return Arrays.stream(ndcg).average().orElse(0);
    }

    private Interval difference(Measured other) {
      return bootstrap.pairedDifference(ndcg, other.ndcg, random());
    }

    /** Further baselines and, of a hybrid, the best single method; none twice. */
    private List<Figures.Versus> versus(List<Measured> all) {
      Set<Measured> others = new LinkedHashSet<>();
      if (method.role() == RankingMethod.Role.HYBRID) {
        all.stream()
            .filter(each -> each.method.role() != RankingMethod.Role.HYBRID)
            .max(Comparator.comparingDouble(Measured::mean))
            .ifPresent(others::add);
      }
      all.stream()
          .skip(1)
          .filter(each -> each.method.role() == RankingMethod.Role.BASELINE)
          .forEach(others::add);
      others.remove(this);
      return others.stream()
          .map(each -> new Figures.Versus(each.method.name(), difference(each)))
          .toList();
    }

    /**
     * @param all popularity first
     */
    Figures.Ranking row(int k, List<Measured> all) {
      boolean isPopularity = all.get(0) == this;
      return new Figures.Ranking(
          method.name(),
          k,
          ndcg.length,
          answers(),
          bootstrap.mean(recall, random()),
          bootstrap.mean(ndcg, random()),
          bootstrap.mean(mrr, random()),
          coverage(),
          isPopularity ? null : difference(all.get(0)),
          isPopularity ? List.of() : versus(all));
    }
  }

  private Measured measure(RankingMethod method, RankingMethod popularity, List<Case> cases) {
    Measured measured = new Measured(method, cases.size());
    int catalogue = experiment.training().items().size();
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          cases.size(),
          () -> new float[catalogue],
          (scores, u) -> {
            Evidence evidence = cases.get(u).evidence();
            measured.answered[u] = method.score(evidence, scores);
            if (!measured.answered[u]) {
              popularity.score(evidence, scores);
            }
            measured.put(u, cases.get(u), scores);
          });
    }
    return measured;
  }

  private final class Rated {
    final RatingMethod method;
    final RatingErrors[] errors;
    final double[][] ndcg;

    Rated(RatingMethod method, RatingErrors[] errors, double[][] ndcg) {
      this.method = method;
      this.errors = errors;
      this.ndcg = ndcg;
    }

    double[] userMae() {
      return Arrays.stream(errors).mapToDouble(RatingErrors::mae).toArray();
    }

    Figures.Rating row(int k, Optional<double[]> bar) {
      RatingErrors all = new RatingErrors();
      Arrays.stream(errors).forEach(all::add);
      return new Figures.Rating(
          method.name(),
          k,
          errors.length,
          all.count(),
          all.mae(),
          all.rmse(),
          bootstrap.mean(userMae(), random()),
          Arrays.stream(ndcg[0]).average().orElse(0),
          Arrays.stream(ndcg[1]).average().orElse(0),
          method.isBar()
              ? null
              : bar.map(other -> bootstrap.pairedDifference(userMae(), other, random()))
                  .orElse(null));
    }
  }

  private Rated measure(RatingMethod method, List<Case> cases) {
    RatingErrors[] errors = new RatingErrors[cases.size()];
    double[][] ndcg = new double[2][cases.size()];
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          cases.size(),
          () -> method,
          (predicts, u) -> {
            ToDoubleFunction<ItemId> predictor = predicts.of(cases.get(u).evidence());
            List<History.Entry> query = cases.get(u).query();
            errors[u] = new RatingErrors();
            double[] predicted = new double[query.size()];
            for (int q = 0; q < predicted.length; q++) {
              predicted[q] = predictor.applyAsDouble(query.get(q).item());
              errors[u].add(predicted[q], query.get(q).strength());
            }
            double[] ordered = byPrediction(query, predicted);
            ndcg[0][u] = RankingMetrics.gradedNdcg(ordered, 1);
            ndcg[1][u] = RankingMetrics.gradedNdcg(ordered, 3);
          });
    }
    return new Rated(method, errors, ndcg);
  }

  /** True ratings in the order of the predicted ones, highest first. */
  private static double[] byPrediction(List<History.Entry> query, double[] predicted) {
    return IntStream.range(0, predicted.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer q) -> -predicted[q]))
        .mapToDouble(q -> query.get(q).strength())
        .toArray();
  }

  /** The same resamples for every method. */
  private SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
