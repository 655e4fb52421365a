package dev.thaw.evaluation.nextitem;

import dev.thaw.evaluation.Cases.Case;
import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.RankedCases;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.measure.Asked;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.split.LeaveOutInTime;
import dev.thaw.evaluation.split.LeaveOutInTime.Parts;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.served.Evidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What users like after a cut in time, whom the models have met before it: all of it, and beside
 * that each of the first {@value #STEPS} likes alone, given all before it. Ranked is the whole
 * catalogue without what the user had met. The figures are of all users, and of those with so many
 * likes before the cut where these are enough.
 *
 * @param extent which methods are measured; the sequential ones are among them
 * @param threads change nothing but the time
 */
public record NextItem(Extent extent, int threads, long seed) {
  /** Stands for all users: they are given what the cut gives them. */
  static final int EVERYBODY = -1;

  /** Likes after the cut that are asked for one by one. */
  private static final int STEPS = 10;

  /** Likes before the cut from which each group begins. */
  private static final List<Integer> GROUPS = List.of(1, 3, 10, 20, 50);

  /** Trains on what was before the cut and asks the users once. */
  public Evaluation.Outcome measure(
      Parts parts, @Nullable ContentNeighbours content, Evaluation.Listener listener) {
    Experiment experiment = parts.experiment();
    Evaluation.Rankers rankers =
        new Evaluation(List.of(), extent.withSequential(), threads, seed)
            .train(experiment, content, listener);
    RankedCases lists = new RankedCases(experiment, threads);
    SortedMap<Integer, List<Case>> groups = groups(parts);
    int[] done = new int[1];
    int all = groups.size() * rankers.methods().size();
    SortedMap<Integer, List<RankedUsers>> ranked = new TreeMap<>();
    groups.forEach(
        (group, members) -> {
          List<RankedUsers> of = new ArrayList<>();
          for (RankingMethod method : rankers.methods()) {
            listener.at("measuring", done[0]++, all);
            of.add(
                lists.measure(
                    method, rankers.methods().get(0), members, user -> steps(experiment, user)));
          }
          ranked.put(group, of);
        });
    return new Evaluation.Outcome(
        new Measurements(
            new Measurements.Subject(
                experiment.target().value(),
                experiment.origin()
                    + "; K=-1 are all of them, K those with at least so many likes before it, up to"
                    + " the next K",
                "each of the first "
                    + STEPS
                    + " likes after the cut alone, given all that was before it, in the mean of a"
                    + " user",
                experiment.training().dataHash(),
                experiment.training().items().size(),
                lists.thirdSizes()),
            ranked,
            new TreeMap<>()),
        rankers.chosen(),
        rankers.skipped());
  }

  /** All users, and the groups of whom there are enough for an interval. */
  private static SortedMap<Integer, List<Case>> groups(Parts parts) {
    SortedMap<Integer, List<Case>> groups = new TreeMap<>();
    for (HeldOutUser user : parts.users()) {
      Case each = of(parts.experiment(), user);
      int likes = liked(parts.experiment(), each.evidence().support().entries()).size();
      int group = GROUPS.stream().filter(from -> from <= likes).max(Integer::compare).orElseThrow();
      groups.computeIfAbsent(group, of -> new ArrayList<>()).add(each);
    }
    List<Case> everybody = groups.values().stream().flatMap(List::stream).toList();
    groups.values().removeIf(members -> members.size() < LeaveOutInTime.MIN_USERS);
    groups.put(EVERYBODY, everybody);
    return groups;
  }

  private static Case of(Experiment experiment, HeldOutUser user) {
    int before = user.support() == null ? 0 : user.support();
    History known = user.support(before);
    List<Integer> liked = numbers(experiment, liked(experiment, user.query(before)));
    Set<Integer> hidden = Set.copyOf(numbers(experiment, known.entries()));
    return new Case(
        new Evidence(
            user.user(),
            known,
            elsewhere(experiment, user),
            experiment.profiles().get(user.user())),
        user.query(before),
        new Asked(hidden, Set.copyOf(liked)),
        null);
  }

  /** The next likes one after the other, each given what came before it, after the cut as well. */
  private static List<Case> steps(Experiment experiment, Case user) {
    Evidence cut = user.evidence();
    List<History.Entry> newestFirst = new ArrayList<>(cut.support().entries());
    List<Case> steps = new ArrayList<>();
    for (History.Entry entry : user.query()) {
      if (experiment.scale().isPositive(entry.strength()) && steps.size() < STEPS) {
        steps.add(
            new Case(
                new Evidence(
                    cut.user(),
                    new History(newestFirst.size(), newestFirst),
                    cut.sources(),
                    cut.profile()),
                List.of(entry),
                new Asked(
                    Set.copyOf(numbers(experiment, newestFirst)),
                    Set.copyOf(numbers(experiment, List.of(entry)))),
                null));
      }
      newestFirst.add(0, entry);
    }
    return steps;
  }

  private static Map<DomainId, History> elsewhere(Experiment experiment, HeldOutUser user) {
    Map<DomainId, History> elsewhere = new HashMap<>();
    experiment
        .sources()
        .forEach(
            (source, data) -> {
              History history = data.interactions().history(user.user());
              if (!history.entries().isEmpty()) {
                elsewhere.put(source, history);
              }
            });
    return elsewhere;
  }

  private static List<History.Entry> liked(
      Experiment experiment, Collection<History.Entry> entries) {
    return entries.stream()
        .filter(entry -> experiment.scale().isPositive(entry.strength()))
        .collect(Collectors.toList());
  }

  private static List<Integer> numbers(Experiment experiment, List<History.Entry> entries) {
    Interactions training = experiment.training();
    List<Integer> numbers = new ArrayList<>();
    for (History.Entry entry : entries) {
      ItemId item = entry.item();
      numbers.add(training.items().indexOf(item));
    }
    return numbers;
  }
}
