package dev.thaw.evaluation;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.measure.Asked;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.served.SourceDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The held-out users of an experiment, each cut into what is given and what is asked. */
public final class Cases {
  /** Interactions after which the curve asks. */
  static final int CURVE_RANK = 20;

  /** The K that gives all that a split fixes as support. */
  public static final int WHOLE_SUPPORT = -1;

  private final Experiment experiment;

  Cases(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * @param query what follows the given interactions
   * @param asked hidden are the given items, and all that a split fixes as support; relevant the
   *     positive ones of the query
   * @param curve hidden are the first interactions, relevant the positive ones after these; the
   *     same as {@code asked} where the split fixes the support; null for users with too few
   */
  public record Case(
      Evidence evidence, List<History.Entry> query, Asked asked, @Nullable Asked curve) {}

  /**
   * Users with at least so many interactions to give and some left to be measured on.
   *
   * @param k {@link #WHOLE_SUPPORT}; below, -q for {@link #asked}
   */
  List<Case> given(int k) {
    if (k < WHOLE_SUPPORT) {
      return asked(-k);
    }
    List<Case> cases = new ArrayList<>();
    for (HeldOutUser user : experiment.test()) {
      List<History.Entry> query = user.query(k);
      if (query.isEmpty() || !user.has(k)) {
        continue;
      }
      boolean inCurve = k >= 0 && k <= CURVE_RANK;
      cases.add(
          new Case(
              evidence(user, user.support(user.given(k))),
              query,
              asked(numbers(user.unasked(k)), query),
              inCurve ? curve(user) : null));
    }
    return cases;
  }

  /**
   * Users as if asked in onboarding about the items most liked: given is which of these they like,
   * as the only thing known of them here; none of these is ranked or counted. Without those who
   * like none.
   */
  private List<Case> asked(int questions) {
    Set<ItemId> asked = new LinkedHashSet<>();
    Popularity.of(experiment.positives()).ranked().stream()
        .limit(questions)
        .forEach(each -> asked.add(each.item()));
    Set<Integer> known = new HashSet<>();
    asked.forEach(item -> known.add(number(item)));
    List<Case> cases = new ArrayList<>();
    for (HeldOutUser user : experiment.test()) {
      List<History.Entry> likes = new ArrayList<>();
      List<History.Entry> query = new ArrayList<>();
      Set<Integer> hidden = new HashSet<>(known);
      hidden.addAll(numbers(user.unasked(WHOLE_SUPPORT)));
      user.inOrder().stream()
          .filter(entry -> asked.contains(entry.item()) && isLike(entry))
          .forEach(likes::add);
      user.query(WHOLE_SUPPORT).stream()
          .filter(entry -> !asked.contains(entry.item()))
          .forEach(query::add);
      Collections.reverse(likes);
      if (!likes.isEmpty() && !query.isEmpty()) {
        cases.add(
            new Case(
                evidence(user, History.answered(likes, asked)), query, asked(hidden, query), null));
      }
    }
    return cases;
  }

  /** For a report: whom the curve asks, and what. */
  String curveAsks() {
    return experiment.fixesSupport()
        ? "users of whose fixed support "
            + CURVE_RANK
            + " interactions or more can be given, asked for what follows all of it"
        : "users with more than "
            + CURVE_RANK
            + " positives, asked for what they liked after their first "
            + CURVE_RANK
            + " interactions";
  }

  /**
   * Places that a list may lose to items which the curve doesn't rank though they weren't given.
   */
  int lostToCurve(int k) {
    return experiment.fixesSupport() ? 0 : Math.max(0, CURVE_RANK - Math.max(0, k));
  }

  /** With more likes than that, one of them at least comes after so many interactions. */
  private @Nullable Asked curve(HeldOutUser user) {
    boolean enough =
        user.support() != null
            ? user.has(CURVE_RANK)
            : user.inOrder().stream().filter(this::isLike).count() > CURVE_RANK;
    return enough ? asked(numbers(user.unasked(CURVE_RANK)), user.query(CURVE_RANK)) : null;
  }

  private Asked asked(Set<Integer> hidden, List<History.Entry> query) {
    Set<Integer> relevant = numbers(query.stream().filter(this::isLike).toList());
    relevant.removeAll(hidden);
    return new Asked(hidden, relevant);
  }

  private boolean isLike(History.Entry entry) {
    return experiment.scale().isPositive(entry.strength());
  }

  private Set<Integer> numbers(List<History.Entry> entries) {
    Set<Integer> numbers = new HashSet<>();
    entries.forEach(entry -> numbers.add(number(entry.item())));
    return numbers;
  }

  private Evidence evidence(HeldOutUser user, History support) {
    Map<DomainId, History> elsewhere = new HashMap<>();
    for (Map.Entry<DomainId, SourceDomain> source : experiment.sources().entrySet()) {
      History history = source.getValue().interactions().history(user.user());
      if (!history.entries().isEmpty()) {
        elsewhere.put(source.getKey(), history);
      }
    }
    return new Evidence(user.user(), support, elsewhere, experiment.profiles().get(user.user()));
  }

  private int number(ItemId item) {
    int number = experiment.training().items().indexOf(item);
    if (number < 0) {
      throw new IllegalArgumentException("item " + item + " is not in the catalogue");
    }
    return number;
  }
}
