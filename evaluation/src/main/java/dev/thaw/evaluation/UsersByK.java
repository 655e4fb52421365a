package dev.thaw.evaluation;

import dev.thaw.evaluation.Cases.Case;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.measure.Asked;
import dev.thaw.evaluation.measure.Competitor;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.evaluation.measure.RatedUsers;
import dev.thaw.evaluation.measure.Rows;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.methods.RatingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.training.RowTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Users held out whole; the first K interactions are given, the rest is what counts. Ranking is
 * over the whole catalogue without the given items; relevant are the positive items of the rest.
 *
 * <p>Beside it the curve: only users with more than {@value Cases#CURVE_RANK} positives, and for
 * every K the same question, what they liked after the first {@value Cases#CURVE_RANK}
 * interactions, the items of these ranked for no K. So a curve rises by what is known alone, where
 * in the table of all users the question grows shorter, and the users fewer, as K rises.
 *
 * <p>A split may fix a support of each user. Then K of it are given and what follows all of it is
 * asked at every K, of users whose support is long enough; its items are never ranked.
 */
public final class UsersByK {
  private final Experiment experiment;
  private final List<Integer> counts;
  private final Bootstrap bootstrap;
  private final long seed;
  private final int threads;
  private final Cases cases;
  private final RankedCases ranked;

  /**
   * @param counts the Ks; {@link Cases#WHOLE_SUPPORT} for all that a split fixes
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
    this.ranked = new RankedCases(experiment, threads);
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
    return new Rows(measure(rankings, ratings, listener), bootstrap, seed).figures();
  }

  /**
   * The same, user by user.
   *
   * @param rankings popularity first
   */
  public Measurements measure(
      List<RankingMethod> rankings, List<RatingMethod> ratings, Listener listener) {
    SortedMap<Integer, List<RankedUsers>> rankedAt = new TreeMap<>();
    SortedMap<Integer, List<RatedUsers>> rated = new TreeMap<>();
    for (int k : counts) {
      List<Case> met = cases.given(k);
      List<Case> withPositives = withPositives(met);
      List<RankedUsers> lists = new ArrayList<>();
      for (RankingMethod method : rankings) {
        listener.measuring(method.name(), k);
        lists.add(ranked.measure(method, rankings.get(0), withPositives));
      }
      rankedAt.put(k, lists);
      List<RatedUsers> predictions = new ArrayList<>();
      for (RatingMethod method : ratings) {
        listener.measuring(method.name(), k);
        predictions.add(measure(method, met));
      }
      rated.put(k, predictions);
    }
    return new Measurements(
        new Measurements.Subject(
            experiment.target().value(),
            experiment.origin(),
            cases.curveAsks(),
            experiment.training().dataHash(),
            experiment.training().items().size(),
            ranked.thirdSizes()),
        rankedAt,
        rated);
  }

  /** The Ks that are measured, ascending. */
  public List<Integer> counts() {
    return counts;
  }

  /** Who gets a list at a K, in the order of the measurements. */
  public List<Case> ranked(int k) {
    return withPositives(cases.given(k));
  }

  /** Whose ratings are predicted at a K, in the order of the measurements. */
  public List<Case> met(int k) {
    return cases.given(k);
  }

  private static List<Case> withPositives(List<Case> met) {
    return met.stream().filter(each -> !each.asked().relevant().isEmpty()).toList();
  }

  /**
   * A recommender that is known by its lists alone. It stands in the curve where all of its lists
   * are long enough to lose what the curve doesn't rank.
   *
   * @param lists numbers of items, best first, or -1 for a place without one; empty where there is
   *     none, and popularity counts
   */
  public RankedUsers measure(
      Competitor method, Function<UserId, Optional<int[]>> lists, RankingMethod popularity, int k) {
    List<Case> asked = ranked(k);
    RankedUsers measured =
        new RankedUsers(method, asked.stream().map(each -> each.evidence().user()).toList());
    int needed = RankedUsers.CUT + cases.lostToCurve(k);
    boolean curves =
        asked.stream()
            .filter(each -> each.curve() != null)
            .allMatch(
                each ->
                    lists
                        .apply(each.evidence().user())
                        .map(list -> list.length >= needed)
                        .orElse(true));
    float[] scores = new float[experiment.training().items().size()];
    for (int u = 0; u < asked.size(); u++) {
      Case user = asked.get(u);
      Optional<int[]> list = lists.apply(user.evidence().user());
      Asked curve = curves ? user.curve() : null;
      if (list.isPresent()) {
        measured.put(u, list.get(), user.asked(), curve(curve, list.get()), ranked.thirds(), true);
      } else {
        popularity.score(user.evidence(), scores);
        measured.put(u, scores, user.asked(), curve, ranked.thirds(), false);
      }
    }
    return measured;
  }

  private static RankedUsers.@Nullable Curve curve(@Nullable Asked asked, int[] list) {
    return asked == null
        ? null
        : new RankedUsers.Curve(
            asked, Arrays.stream(list).filter(item -> !asked.hidden().contains(item)).toArray());
  }

  private RatedUsers measure(RatingMethod method, List<Case> cases) {
    RatedUsers measured = new RatedUsers(method.name(), method.isBar(), cases.size());
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          cases.size(),
          () -> method,
          (predicts, u) -> {
            ToDoubleFunction<ItemId> predictor = predicts.of(cases.get(u).evidence());
            List<History.Entry> query = cases.get(u).query();
            measured.put(
                u,
                query,
                query.stream().mapToDouble(each -> predictor.applyAsDouble(each.item())).toArray());
          });
    }
    return measured;
  }
}
