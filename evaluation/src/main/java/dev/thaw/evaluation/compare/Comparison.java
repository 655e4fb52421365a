package dev.thaw.evaluation.compare;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.Evaluation.Outcome;
import dev.thaw.evaluation.UsersByK;
import dev.thaw.evaluation.measure.Competitor;
import dev.thaw.evaluation.measure.Measurements;
import dev.thaw.evaluation.measure.RankedUsers;
import dev.thaw.evaluation.methods.RankingMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The lists of other recommenders beside our methods: the same users, the same questions, the same
 * metrics, paired by user.
 *
 * @param rankers of ours, trained on the split
 */
public record Comparison(UsersByK protocol, Evaluation.Rankers rankers) {

  public Outcome measure(List<TopLists> others, UsersByK.Listener listener) {
    Measurements ours = protocol.measure(rankers.methods(), List.of(), listener);
    SortedMap<Integer, List<RankedUsers>> ranked = new TreeMap<>();
    Map<String, String> notes = new TreeMap<>(rankers.skipped());
    ours.ranked()
        .forEach(
            (k, methods) -> {
              List<RankedUsers> all = new ArrayList<>(methods);
              for (TopLists lists : others) {
                all.add(measure(lists, k));
                note(lists, k, methods.get(0).users().size(), notes);
              }
              ranked.put(k, all);
            });
    return new Outcome(new Measurements(ours.of(), ranked, ours.rated()), rankers.chosen(), notes);
  }

  private RankedUsers measure(TopLists lists, int k) {
    return protocol.measure(
        new Competitor(named(lists), RankingMethod.Role.OTHER),
        user -> lists.of(k, user),
        rankers.methods().get(0),
        k);
  }

  private static String named(TopLists lists) {
    return lists.name() + " (lists)";
  }

  private void note(TopLists lists, int k, int asked, Map<String, String> notes) {
    int answered =
        (int)
            protocol.ranked(k).stream()
                .filter(user -> lists.of(k, user.evidence().user()).isPresent())
                .count();
    List<String> said = new ArrayList<>();
    if (answered < asked) {
      said.add("no list for " + (asked - answered) + " of " + asked + " users, popularity counts");
    }
    if (lists.size(k) > answered) {
      said.add(lists.size(k) - answered + " lists of users with nothing to be measured on");
    }
    long cut =
        protocol.ranked(k).stream()
            .flatMap(user -> lists.of(k, user.evidence().user()).stream())
            .filter(list -> list.length < RankedUsers.CUT)
            .count();
    if (cut > 0) {
      said.add(cut + " lists of fewer than " + RankedUsers.CUT + " places");
    }
    if (!said.isEmpty()) {
      notes.put(named(lists) + " at " + k, String.join("; ", said));
    }
  }
}
