package dev.thaw.models.validation;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.metrics.RatingErrors;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.ranking.RankerGroup;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.training.Shuffled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Users held out whole to choose by: each is met with its first 1, 3, 10 and 20 interactions,
 * oldest first. Of positives, every ranker is measured on the rest by nDCG at 10 over the whole
 * catalogue; of ratings, every predictor by its RMSE. What the held-out users did is in no
 * training. Immutable, thread-safe.
 */
public final class ColdUsers {
  /** Interactions that are given. */
  public static final List<Integer> GIVEN = List.of(1, 3, 10, 20);

  /** Numbers of onboarding questions, see {@link #asked}. */
  public static final List<Integer> QUESTIONS = List.of(3, 5, 10);

  /** Fewer can't tell one candidate from another. */
  static final int MIN_USERS = 20;

  private static final int MIN_HISTORY = 4;
  private static final double SHARE = 0.2;
  private static final int CUT = 10;

  private final Interactions interactions;
  private final UserAttributes attributes;
  private final Set<UserId> heldOut;
  private final List<ItemId> questions;
  private final List<Case> cases = new ArrayList<>();

  private record Case(
      UserId user,
      int given,
      History support,
      BitSet known,
      List<History.Entry> rest,
      BitSet relevant) {
    double ndcg(float[] scores) {
      int[] top = TopItems.of(scores, CUT, item -> !known.get(item));
      return RankingMetrics.ndcg(top, CUT, relevant::get, relevant.cardinality());
    }
  }

  private ColdUsers(
      Interactions interactions,
      UserAttributes attributes,
      Set<UserId> heldOut,
      boolean answering,
      RandomGenerator random) {
    this.interactions = interactions;
    this.attributes = attributes;
    this.heldOut = heldOut;
    this.questions = answering && !heldOut.isEmpty() ? mostLiked(training()) : List.of();
    // in the order of the matrix, so that a seed says everything
    interactions.users().stream().filter(heldOut::contains).forEach(user -> meet(user, random));
  }

  /**
   * Holds out a fifth of the users with at least 4 interactions, at most {@code maxUsers}; nobody
   * where that leaves fewer than 20.
   */
  public static ColdUsers choose(Interactions interactions, int maxUsers, RandomGenerator random) {
    List<UserId> able = able(interactions);
    int wanted = (int) Math.min(maxUsers, able.size() * SHARE);
    List<UserId> chosen =
        wanted < MIN_USERS ? List.of() : Shuffled.of(able, random).subList(0, wanted);
    return new ColdUsers(interactions, UserAttributes.NONE, new HashSet<>(chosen), false, random);
  }

  /**
   * Deals all users with at least 4 interactions out: each is held out in one of the folds. None
   * where a fold would have fewer than {@code least}. They are asked in onboarding, too.
   *
   * @param attributes that rankers are told of the users
   */
  static List<ColdUsers> folds(
      Interactions interactions,
      UserAttributes attributes,
      int folds,
      int least,
      RandomGenerator random) {
    List<UserId> able = Shuffled.of(able(interactions), random);
    List<ColdUsers> dealt = new ArrayList<>();
    for (int fold = 0; fold < folds && able.size() >= folds * least; fold++) {
      Set<UserId> heldOut = new HashSet<>();
      for (int u = fold; u < able.size(); u += folds) {
        heldOut.add(able.get(u));
      }
      dealt.add(new ColdUsers(interactions, attributes, heldOut, true, random));
    }
    return dealt;
  }

  private static List<UserId> able(Interactions interactions) {
    List<UserId> able = new ArrayList<>();
    for (int u = 0; u < interactions.users().size(); u++) {
      if (interactions.rowLength(u) >= MIN_HISTORY) {
        able.add(interactions.users().get(u));
      }
    }
    return able;
  }

  private void meet(UserId user, RandomGenerator random) {
    List<History.Entry> inOrder = interactions.oldestFirst(user, random);
    for (int given : GIVEN) {
      if (inOrder.size() > given) {
        List<History.Entry> support = new ArrayList<>(inOrder.subList(0, given));
        Collections.reverse(support);
        List<History.Entry> rest = List.copyOf(inOrder.subList(given, inOrder.size()));
        cases.add(
            new Case(
                user, given, new History(given, support), numbers(support), rest, numbers(rest)));
      }
    }
    for (int count : questions.isEmpty() ? List.<Integer>of() : QUESTIONS) {
      answer(user, inOrder, count);
    }
  }

  private void answer(UserId user, List<History.Entry> inOrder, int count) {
    List<ItemId> asked = questions.subList(0, Math.min(count, questions.size()));
    List<History.Entry> likes = new ArrayList<>();
    List<History.Entry> rest = new ArrayList<>();
    inOrder.forEach(entry -> (asked.contains(entry.item()) ? likes : rest).add(entry));
    if (!rest.isEmpty()) {
      Collections.reverse(likes);
      BitSet shown = new BitSet();
      asked.forEach(item -> shown.set(interactions.items().indexOf(item)));
      History answered = History.answered(likes, asked);
      cases.add(new Case(user, asked(count), answered, shown, rest, numbers(rest)));
    }
  }

  private static List<ItemId> mostLiked(Interactions training) {
    return Popularity.of(training).ranked().stream()
        .limit(Collections.max(QUESTIONS))
        .map(Popularity.Counted::item)
        .toList();
  }

  private BitSet numbers(List<History.Entry> entries) {
    BitSet numbers = new BitSet();
    entries.forEach(entry -> numbers.set(interactions.items().indexOf(entry.item())));
    return numbers;
  }

  /**
   * In the place of a number of {@link #GIVEN}: which of the items most liked by the others a user
   * likes, as if asked in onboarding; all users are asked, and what was asked about is neither
   * ranked nor counted.
   *
   * @param questions one of {@link #QUESTIONS}
   */
  public static int asked(int questions) {
    if (!QUESTIONS.contains(questions)) {
      throw new IllegalArgumentException(
          "questions must be one of " + QUESTIONS + ", were " + questions);
    }
    return -questions;
  }

  /** Too little data to hold anybody out. */
  public boolean isEmpty() {
    return heldOut.isEmpty();
  }

  public int size() {
    return heldOut.size();
  }

  /** Everybody else, with the same items. */
  public Interactions training() {
    return interactions.ofUsers(user -> !heldOut.contains(user));
  }

  /**
   * nDCG at 10 of each user that has more than {@code given} interactions, or was {@link #asked} so
   * many questions, in one order for all rankers.
   *
   * @param ranker of the items of {@link #training}
   */
  public double[] ndcg(Ranker ranker, int given) {
    return ndcg(RankerGroup.of(ranker), given).get(0);
  }

  /** The same of each ranker of a group. */
  List<double[]> ndcg(RankerGroup group, int given) {
    if (!group.items().equals(interactions.items())) {
      throw new IllegalArgumentException(
          "must rank " + interactions.items() + ", ranks " + group.items());
    }
    List<Case> asked = cases.stream().filter(each -> each.given == given).toList();
    List<double[]> figures = new ArrayList<>();
    for (int r = 0; r < group.size(); r++) {
      figures.add(new double[asked.size()]);
    }
    for (int c = 0; c < asked.size(); c++) {
      Case each = asked.get(c);
      int at = c;
      Iterator<double[]> ranker = figures.iterator();
      group.score(
          each.support, attributes.of(each.user), scores -> ranker.next()[at] = each.ndcg(scores));
    }
    return figures;
  }

  /** Mean over {@link #GIVEN} of the mean over users: one figure to choose by. */
  public double ndcg(Ranker ranker) {
    return GIVEN.stream()
        .mapToDouble(given -> Arrays.stream(ndcg(ranker, given)).average().orElse(0))
        .average()
        .orElse(0);
  }

  /**
   * What each held-out user adds to {@link #ndcg(Ranker)}, their sum; in one order for all rankers,
   * so that two can be compared user by user.
   */
  public double[] ndcgByUser(Ranker ranker) {
    Map<UserId, Double> byUser = new LinkedHashMap<>();
    for (int given : GIVEN) {
      double[] figures = ndcg(ranker, given);
      int at = 0;
      for (Case each : cases) {
        if (each.given == given) {
          byUser.merge(each.user, figures[at++] / figures.length / GIVEN.size(), Double::sum);
        }
      }
    }
    return byUser.values().stream().mapToDouble(each -> each).toArray();
  }

  /**
   * Mean over {@link #GIVEN} of the root mean squared error of all ratings that are not given; NaN
   * without any.
   *
   * @param predictor from what is given of a user to the rating of each item
   */
  public double rmse(Function<History, ToDoubleFunction<ItemId>> predictor) {
    return GIVEN.stream()
        .mapToDouble(given -> errors(predictor, given).rmse())
        .filter(rmse -> !Double.isNaN(rmse))
        .average()
        .orElse(Double.NaN);
  }

  private RatingErrors errors(Function<History, ToDoubleFunction<ItemId>> predictor, int given) {
    RatingErrors errors = new RatingErrors();
    for (Case each : cases) {
      if (each.given == given) {
        ToDoubleFunction<ItemId> rating = predictor.apply(each.support);
        each.rest.forEach(
            entry -> errors.add(rating.applyAsDouble(entry.item()), entry.strength()));
      }
    }
    return errors;
  }

  /** The candidate with the highest {@link #ndcg(Ranker)}, of equal ones the first. */
  public <R extends Ranker> R best(List<R> candidates) {
    return Collections.max(
            candidates.stream().map(each -> new Rated<>(each, ndcg(each))).toList(),
            Comparator.comparingDouble((Rated<R> each) -> each.ndcg))
        .ranker;
  }

  private record Rated<R>(R ranker, double ndcg) {}
}
