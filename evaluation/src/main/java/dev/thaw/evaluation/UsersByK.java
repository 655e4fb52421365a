package dev.thaw.evaluation;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.methods.Evidence;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.methods.RatingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Coverage;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.ranking.TopItems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Users held out whole; the first K interactions are given, the rest is what counts. Ranking is
 * over the whole catalogue without the given items; relevant are the positive items of the rest.
 */
public final class UsersByK {
  private static final int CUT = 10;

  private final Experiment experiment;
  private final List<Integer> counts;
  private final Bootstrap bootstrap;
  private final long seed;
  private final Map<ItemId, Integer> numbers = new HashMap<>();

  /**
   * @param counts the Ks; a split that fixes the support of its users has its own
   */
  public UsersByK(Experiment experiment, List<Integer> counts, Bootstrap bootstrap, long seed) {
    this.experiment = experiment;
    this.counts = List.copyOf(new TreeSet<>(counts));
    this.bootstrap = bootstrap;
    this.seed = seed;
    var items = experiment.training().items();
    for (int i = 0; i < items.size(); i++) {
      numbers.put(items.get(i), i);
    }
  }

  /** Hears which method is measured. */
  @FunctionalInterface
  public interface Listener {
    void measuring(String method, int k);
  }

  /**
   * @param rankings the first one is popularity: it answers where a method doesn't, and every
   *     method is compared with it
   */
  public Figures run(List<RankingMethod> rankings, List<RatingMethod> ratings, Listener listener) {
    List<Figures.Ranking> ranked = new ArrayList<>();
    List<Figures.Rating> rated = new ArrayList<>();
    boolean fixed = experiment.test().stream().allMatch(user -> user.support() != null);
    for (int k : fixed ? List.of(-1) : counts) {
      List<Case> cases = cases(k);
      List<Case> withPositives = cases.stream().filter(c -> !c.relevant.isEmpty()).toList();
      double @Nullable [] baseline = null;
      for (RankingMethod method : rankings) {
        listener.measuring(method.name(), k);
        Measured measured = measure(method, rankings.get(0), withPositives);
        ranked.add(measured.row(method.name(), k, baseline));
        baseline = baseline == null ? measured.ndcg : baseline;
      }
      for (RatingMethod method : ratings) {
        listener.measuring(method.name(), k);
        rated.add(measure(method, k, cases));
      }
    }
    return new Figures(
        experiment.target().value(),
        experiment.origin(),
        experiment.training().dataHash(),
        seed,
        experiment.training().items().size(),
        Map.of(),
        ranked,
        rated);
  }

  private record Case(
      Evidence evidence, List<History.Entry> query, Set<Integer> known, Set<Integer> relevant) {}

  private List<Case> cases(int k) {
    List<Case> cases = new ArrayList<>();
    for (HeldOutUser user : experiment.test()) {
      int given = k < 0 && user.support() != null ? user.support() : Math.max(k, 0);
      List<History.Entry> query = user.query(given);
      History support = user.support(given);
      if (query.isEmpty() || support.entries().size() < given) {
        continue;
      }
      Map<DomainId, History> elsewhere = new HashMap<>();
      for (Map.Entry<DomainId, Interactions> source : experiment.sources().entrySet()) {
        History history = source.getValue().history(user.user());
        if (!history.entries().isEmpty()) {
          elsewhere.put(source.getKey(), history);
        }
      }
      Set<Integer> known = new HashSet<>();
      support.entries().forEach(entry -> known.add(number(entry.item())));
      Set<Integer> relevant = new HashSet<>();
      for (History.Entry entry : query) {
        if (experiment.scale().isPositive(entry.strength())) {
          relevant.add(number(entry.item()));
        }
      }
      relevant.removeAll(known);
      cases.add(
          new Case(
              new Evidence(user.user(), support, elsewhere, experiment.profiles().get(user.user())),
              query,
              known,
              relevant));
    }
    return cases;
  }

  private int number(ItemId item) {
    Integer number = numbers.get(item);
    if (number == null) {
      throw new IllegalArgumentException("item " + item + " is not in the catalogue");
    }
    return number;
  }

  private final class Measured {
    final double[] recall;
    final double[] ndcg;
    final double[] mrr;
    final Coverage coverage = new Coverage(experiment.training().items().size());
    int answered;

    Measured(int users) {
      recall = new double[users];
      ndcg = new double[users];
      mrr = new double[users];
    }

    Figures.Ranking row(String method, int k, double @Nullable [] baseline) {
      Interval difference =
          baseline == null ? null : bootstrap.pairedDifference(ndcg, baseline, random());
      return new Figures.Ranking(
          method,
          k,
          ndcg.length,
          answered,
          bootstrap.mean(recall, random()),
          bootstrap.mean(ndcg, random()),
          bootstrap.mean(mrr, random()),
          coverage.share(),
          difference);
    }
  }

  private Measured measure(RankingMethod method, RankingMethod popularity, List<Case> cases) {
    Measured measured = new Measured(cases.size());
    int catalogue = experiment.training().items().size();
    float[] scores = new float[catalogue];
    for (int u = 0; u < cases.size(); u++) {
      Case each = cases.get(u);
      if (method.score(each.evidence, scores)) {
        measured.answered++;
      } else {
        popularity.score(each.evidence, scores);
      }
      int[] list = TopItems.of(scores, 100, item -> !each.known.contains(item));
      measured.recall[u] =
          RankingMetrics.recall(list, CUT, each.relevant::contains, each.relevant.size());
      measured.ndcg[u] =
          RankingMetrics.ndcg(list, CUT, each.relevant::contains, each.relevant.size());
      measured.mrr[u] = RankingMetrics.reciprocalRank(list, each.relevant::contains);
      measured.coverage.add(java.util.Arrays.copyOf(list, Math.min(CUT, list.length)));
    }
    return measured;
  }

  private Figures.Rating measure(RatingMethod method, int k, List<Case> cases) {
    RatingErrors all = new RatingErrors();
    double[] userMae = new double[cases.size()];
    for (int u = 0; u < cases.size(); u++) {
      ToDoubleFunction<ItemId> predictor = method.of(cases.get(u).evidence);
      RatingErrors mine = new RatingErrors();
      for (History.Entry entry : cases.get(u).query) {
        mine.add(predictor.applyAsDouble(entry.item()), entry.strength());
      }
      userMae[u] = mine.mae();
      all.add(mine);
    }
    return new Figures.Rating(
        method.name(),
        k,
        cases.size(),
        all.count(),
        all.mae(),
        all.rmse(),
        bootstrap.mean(userMae, random()));
  }

  /** The same resamples for every method. */
  private SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
