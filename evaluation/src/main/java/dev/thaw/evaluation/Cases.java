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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The held-out users of an experiment, each cut into what is given and what is asked. */
public final class Cases {
  /** Interactions after which the curve asks. */
  static final int CURVE_RANK = 20;

  private final Experiment experiment;

  Cases(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * @param query what follows the given interactions
   * @param asked hidden are the given items, relevant the positive ones of the query
   * @param curve hidden are the first interactions, relevant the positive ones after these; null
   *     for users with too few positives
   */
  public record Case(
      Evidence evidence, List<History.Entry> query, Asked asked, @Nullable Asked curve) {}

  /**
   * Users with at least so many interactions and some left to be measured on.
   *
   * @param k -1 for the support that the split fixes; -q for {@link #asked}
   */
  List<Case> given(int k) {
    if (k < -1) {
      return asked(-k);
    }
    List<Case> cases = new ArrayList<>();
    for (HeldOutUser user : experiment.test()) {
      int given = k < 0 && user.support() != null ? user.support() : Math.max(k, 0);
      List<History.Entry> query = user.query(given);
      History support = user.support(given);
      if (query.isEmpty() || support.entries().size() < given) {
        continue;
      }
      boolean drawn = user.support() == null && k >= 0 && k <= CURVE_RANK;
      cases.add(
          new Case(
              evidence(user, support),
              query,
              asked(numbers(support.entries()), query),
              drawn ? curve(user) : null));
    }
    return cases;
  }

  /**
   * Users as if asked in onboarding about the items most liked: given is which of these they like,
   * as the only thing known of them here; none of these is ranked or counted. Without those who
   * like none.
   */
  private List<Case> asked(int questions) {
    Set<ItemId> asked = new HashSet<>();
    Popularity.of(experiment.positives()).ranked().stream()
        .limit(questions)
        .forEach(each -> asked.add(each.item()));
    Set<Integer> known = new HashSet<>();
    asked.forEach(item -> known.add(number(item)));
    List<Case> cases = new ArrayList<>();
    for (HeldOutUser user : experiment.test()) {
      List<History.Entry> likes = new ArrayList<>();
      List<History.Entry> query = new ArrayList<>();
      for (History.Entry entry : user.query(0)) {
        if (!asked.contains(entry.item())) {
          query.add(entry);
        } else if (isLike(entry)) {
          likes.add(entry);
        }
      }
      Collections.reverse(likes);
      if (!likes.isEmpty() && !query.isEmpty()) {
        cases.add(
            new Case(evidence(user, History.answered(likes)), query, asked(known, query), null));
      }
    }
    return cases;
  }

  /** With more likes than that, one of them at least comes after so many interactions. */
  private @Nullable Asked curve(HeldOutUser user) {
    long likes = user.inOrder().stream().filter(this::isLike).count();
    return likes <= CURVE_RANK
        ? null
        : asked(numbers(user.support(CURVE_RANK).entries()), user.query(CURVE_RANK));
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
