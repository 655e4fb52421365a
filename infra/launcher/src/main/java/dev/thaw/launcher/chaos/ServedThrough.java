package dev.thaw.launcher.chaos;

import java.util.ArrayList;
import java.util.List;

/** What the rounds say of serving. */
final class ServedThrough {
  private ServedThrough() {}

  static List<Guarantee> of(List<Round> rounds, int asked) {
    long requests = rounds.stream().mapToLong(round -> round.counts().requests()).sum();
    String found = requests + " requests";
    List<Guarantee> guarantees = new ArrayList<>();
    guarantees.add(
        new Guarantee(
            "no request failed",
            found,
            rounds.stream()
                .filter(round -> round.counts().errors() > 0)
                .map(round -> in(round) + ": " + round.counts().errors() + " errors")
                .toList()));
    guarantees.add(
        new Guarantee(
            "no answer was empty",
            found,
            rounds.stream()
                .filter(round -> round.counts().empty() > 0)
                .map(round -> in(round) + ": " + round.counts().empty() + " empty answers")
                .toList()));
    guarantees.add(
        new Guarantee(
            "answers name the part that is away",
            rounds.size() + " rounds",
            rounds.stream()
                .filter(round -> !round.namesThePart())
                .map(round -> in(round) + ": only " + round.counts().degraded().keySet())
                .toList()));
    guarantees.add(
        new Guarantee(
            "everything recovered by itself",
            rounds.size() + " of " + asked + " rounds",
            rounds.stream().filter(round -> !round.recovered()).map(ServedThrough::in).toList()));
    return guarantees;
  }

  private static String in(Round round) {
    return "round " + round.number() + " (" + round.victim().process() + ")";
  }
}
