package dev.thaw.evaluation;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.experiment.SourceDomain;
import dev.thaw.evaluation.methods.Evidence;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.popularity.Popularity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The held-out users of an experiment, each cut into what is given and what is asked. */
final class Cases {
  private final Experiment experiment;

  Cases(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * @param query what follows the given interactions
   * @param known numbers of the given items
   * @param relevant numbers of the positive items of the query
   */
  record Case(
      Evidence evidence, List<History.Entry> query, Set<Integer> known, Set<Integer> relevant) {}

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
      Set<Integer> known = new HashSet<>();
      support.entries().forEach(entry -> known.add(number(entry.item())));
      cases.add(of(user, support, query, known));
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
        } else if (experiment.scale().isPositive(entry.strength())) {
          likes.add(entry);
        }
      }
      Collections.reverse(likes);
      if (!likes.isEmpty() && !query.isEmpty()) {
        cases.add(of(user, new History(likes.size(), likes), query, known));
      }
    }
    return cases;
  }

  private Case of(
      HeldOutUser user, History support, List<History.Entry> query, Set<Integer> known) {
    Map<DomainId, History> elsewhere = new HashMap<>();
    for (Map.Entry<DomainId, SourceDomain> source : experiment.sources().entrySet()) {
      History history = source.getValue().interactions().history(user.user());
      if (!history.entries().isEmpty()) {
        elsewhere.put(source.getKey(), history);
      }
    }
    Set<Integer> relevant = new HashSet<>();
    for (History.Entry entry : query) {
      if (experiment.scale().isPositive(entry.strength())) {
        relevant.add(number(entry.item()));
      }
    }
    relevant.removeAll(known);
    return new Case(
        new Evidence(user.user(), support, elsewhere, experiment.profiles().get(user.user())),
        query,
        known,
        relevant);
  }

  private int number(ItemId item) {
    int number = experiment.training().items().indexOf(item);
    if (number < 0) {
      throw new IllegalArgumentException("item " + item + " is not in the catalogue");
    }
    return number;
  }
}
