package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.metrics.MaxT;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.routing.Method;
import dev.thaw.models.routing.RoutePlan;
import dev.thaw.models.routing.RoutingPolicy;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.routing.RoutingTable.Cell;
import dev.thaw.models.routing.RoutingTable.Compared;
import dev.thaw.models.routing.UserKnowledge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Per held-out user and number of given interactions: nDCG at 10 of the configured order and of
 * each method put before it. Filled by several threads, one user each; read afterwards.
 */
final class RoutedGains {
  /** Interactions given; a cell counts until the next. */
  static final int[] GIVEN = {0, 1, 2, 3, 5, 10, 20, 50};

  /** Fewer users can't tell one method from another. */
  static final int MIN_USERS = 40;

  private static final int CUT = 10;

  private final RoutingPolicy policy;

  /** Given x users; NaN where a user was not met. */
  private final double[][] configured;

  /** Given x methods x users. */
  private final double[][][] preferring;

  private final boolean[][] mapped;

  RoutedGains(RoutingPolicy policy, int users) {
    this.policy = policy;
    configured = new double[GIVEN.length][users];
    preferring = new double[GIVEN.length][Method.values().length][users];
    mapped = new boolean[GIVEN.length][users];
    for (double[] row : configured) {
      Arrays.fill(row, Double.NaN);
    }
  }

  /** Meets a user with every number of interactions. */
  void put(int place, RoutedUser user, ServedData data, ServedModels models) {
    float[] scores = new float[data.interactions().items().size()];
    for (int g = 0; g < GIVEN.length; g++) {
      Optional<RoutedUser.Question> question = user.given(GIVEN[g], data);
      if (question.isPresent()) {
        put(place, g, question.get(), models, scores);
      }
    }
  }

  private void put(
      int place, int g, RoutedUser.Question question, ServedModels models, float[] scores) {
    UserKnowledge knowledge = models.knowledge(question.evidence());
    mapped[g][place] = policy.isMapped(knowledge);
    @Nullable Double[] ofMethods = new Double[Method.values().length];
    configured[g][place] = ndcg(policy.plan(knowledge), question, models, ofMethods, scores);
    for (Method method : Method.values()) {
      preferring[g][method.ordinal()][place] =
          ndcg(policy.planPreferring(method, knowledge), question, models, ofMethods, scores);
    }
  }

  /**
   * Of the first usable method of a plan that answers.
   *
   * @param known what was reached by each method so far, NaN for no answer
   */
  private static double ndcg(
      RoutePlan plan,
      RoutedUser.Question question,
      ServedModels models,
      @Nullable Double[] known,
      float[] scores) {
    for (int step = plan.next(0); ; step = plan.next(step + 1)) {
      Method method = plan.steps().get(step).method();
      Double reached = known[method.ordinal()];
      if (reached == null) {
        reached =
            models.score(method, question.evidence(), scores) ? ndcg(question, scores) : Double.NaN;
        known[method.ordinal()] = reached;
      }
      if (!reached.isNaN()) {
        return reached;
      }
    }
  }

  private static double ndcg(RoutedUser.Question question, float[] scores) {
    int[] top = TopItems.of(scores, CUT, item -> !question.known().get(item));
    return RankingMetrics.ndcg(
        top, CUT, question.relevant()::get, question.relevant().cardinality());
  }

  /** One method at one number of interactions for one kind of user. */
  private record Candidate(int given, boolean mapped, Method method, double[] difference) {}

  /** The table: a method goes first where the lower bound of its gain lies above zero. */
  RoutingTable table(DomainId domain, MaxT bounds, RandomGenerator random) {
    List<Candidate> candidates = new ArrayList<>();
    for (int g = 0; g < GIVEN.length; g++) {
      for (boolean kind : new boolean[] {false, true}) {
        if (users(g, kind) >= MIN_USERS) {
          addCandidates(g, kind, candidates);
        }
      }
    }
    List<Interval> intervals =
        bounds.intervals(
            candidates.stream().map(Candidate::difference).toArray(double[][]::new), random);
    List<Cell> cells = new ArrayList<>();
    for (int from = 0; from < candidates.size(); ) {
      int to = from;
      while (to < candidates.size() && isOneCell(candidates.get(from), candidates.get(to))) {
        to++;
      }
      cells.add(cell(candidates.subList(from, to), intervals.subList(from, to)));
      from = to;
    }
    return new RoutingTable(domain, bounds.confidence(), cells);
  }

  private static boolean isOneCell(Candidate a, Candidate b) {
    return a.given == b.given && a.mapped == b.mapped;
  }

  private Cell cell(List<Candidate> candidates, List<Interval> gains) {
    Candidate first = candidates.get(0);
    List<Compared> compared = new ArrayList<>();
    @Nullable Compared best = null;
    for (int c = 0; c < gains.size(); c++) {
      Compared each = new Compared(candidates.get(c).method, gains.get(c));
      compared.add(each);
      if (each.difference().isAboveZero()
          && (best == null || each.difference().mean() > best.difference().mean())) {
        best = each;
      }
    }
    return new Cell(
        GIVEN[first.given],
        first.mapped,
        best == null ? null : best.method(),
        users(first.given, first.mapped),
        mean(first.given, first.mapped),
        compared);
  }

  /** Methods that are no other one for such users and change anything. */
  private void addCandidates(int g, boolean kind, List<Candidate> candidates) {
    for (Method method : Method.values()) {
      if (method == (kind ? Method.FACTORS : Method.CROSS_DOMAIN)) {
        continue;
      }
      double[] difference = new double[configured[g].length];
      boolean differs = false;
      for (int u = 0; u < difference.length; u++) {
        difference[u] =
            isOf(g, kind, u) ? preferring[g][method.ordinal()][u] - configured[g][u] : Double.NaN;
        differs |= !Double.isNaN(difference[u]) && difference[u] != 0;
      }
      if (differs) {
        candidates.add(new Candidate(g, kind, method, difference));
      }
    }
  }

  private boolean isOf(int g, boolean kind, int user) {
    return !Double.isNaN(configured[g][user]) && mapped[g][user] == kind;
  }

  private int users(int g, boolean kind) {
    int users = 0;
    for (int u = 0; u < configured[g].length; u++) {
      users += isOf(g, kind, u) ? 1 : 0;
    }
    return users;
  }

  private double mean(int g, boolean kind) {
    double sum = 0;
    for (int u = 0; u < configured[g].length; u++) {
      sum += isOf(g, kind, u) ? configured[g][u] : 0;
    }
    return sum / users(g, kind);
  }
}
