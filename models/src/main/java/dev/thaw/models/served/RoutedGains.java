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
import java.util.Comparator;
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
  private double ndcg(
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
            models.score(policy, method, question.evidence(), scores)
                ? ndcg(question, scores)
                : Double.NaN;
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

  /** A method put first, and what each user gained by it; NaN for users of another cell. */
  private record Candidate(Method method, double[] gain) {}

  /**
   * The table: in each cell a method goes first where the lower bound of its gain is above zero.
   */
  RoutingTable table(DomainId domain, MaxT bounds, RandomGenerator random) {
    List<Cell> cells = new ArrayList<>();
    for (int g = 0; g < GIVEN.length; g++) {
      for (boolean kind : new boolean[] {false, true}) {
        List<Candidate> candidates = users(g, kind) < MIN_USERS ? List.of() : candidates(g, kind);
        cells.add(cell(g, kind, candidates, bounds, random));
      }
    }
    return new RoutingTable(domain, bounds.confidence(), cells);
  }

  private Cell cell(
      int g, boolean kind, List<Candidate> candidates, MaxT bounds, RandomGenerator random) {
    List<Interval> gains =
        bounds.intervals(candidates.stream().map(Candidate::gain).toArray(double[][]::new), random);
    List<Compared> compared = new ArrayList<>();
    for (int c = 0; c < gains.size(); c++) {
      compared.add(new Compared(candidates.get(c).method, gains.get(c)));
    }
    Method best =
        compared.stream()
            .filter(each -> each.difference().isAboveZero())
            .max(Comparator.comparingDouble(each -> each.difference().mean()))
            .map(Compared::method)
            .orElse(null);
    return new Cell(GIVEN[g], kind, best, users(g, kind), mean(g, kind), compared);
  }

  /**
   * Methods that are no other one for such users and change anything. Not content: a server finds
   * its neighbours by an index, and no ranking of the catalogue here would be its ranking.
   */
  private List<Candidate> candidates(int g, boolean kind) {
    List<Candidate> candidates = new ArrayList<>();
    for (Method method : Method.values()) {
      if (method == (kind ? Method.FACTORS : Method.CROSS_DOMAIN) || method == Method.CONTENT) {
        continue;
      }
      double[] gain = new double[configured[g].length];
      boolean differs = false;
      for (int u = 0; u < gain.length; u++) {
        gain[u] = isOf(g, kind, u) ? smoothed(g, kind, method, u) : Double.NaN;
        differs |= !Double.isNaN(gain[u]) && gain[u] != 0;
      }
      if (differs) {
        candidates.add(new Candidate(method, gain));
      }
    }
    return candidates;
  }

  /**
   * What a user gains over one order changes little from one number of interactions to the next:
   * half from this one, a quarter from each beside it of the same stage that the user was met with.
   */
  private double smoothed(int g, boolean kind, Method method, int user) {
    double sum = 2 * gain(g, method, user);
    double weights = 2;
    for (int beside : new int[] {g - 1, g + 1}) {
      if (isOfStage(beside, g) && isOf(beside, kind, user)) {
        sum += gain(beside, method, user);
        weights++;
      }
    }
    return sum / weights;
  }

  private boolean isOfStage(int beside, int g) {
    return beside >= 0
        && beside < GIVEN.length
        && policy.stage(GIVEN[beside]).equals(policy.stage(GIVEN[g]));
  }

  private double gain(int g, Method method, int user) {
    return preferring[g][method.ordinal()][user] - configured[g][user];
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
    int users = users(g, kind);
    return users == 0 ? 0 : sum / users;
  }
}
