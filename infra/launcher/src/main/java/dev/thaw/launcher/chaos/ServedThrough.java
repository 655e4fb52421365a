package dev.thaw.launcher.chaos;

import java.util.ArrayList;
import java.util.List;

/** What the rounds say of serving. */
final class ServedThrough {
  private static final String OPEN = ":open";

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
            "metrics show breakers open and close",
            opened(rounds) + " opened",
            rounds.stream().flatMap(round -> unseen(round).stream()).toList()));
    guarantees.add(
        new Guarantee(
            "everything recovered by itself",
            rounds.size() + " of " + asked + " rounds",
            rounds.stream().filter(round -> !round.recovered()).map(ServedThrough::in).toList()));
    return guarantees;
  }

  private static int opened(List<Round> rounds) {
    return rounds.stream()
        .flatMap(round -> round.breakers().values().stream())
        .mapToInt(BreakerWatch.Moves::opened)
        .sum();
  }

  /** What answers say of an open breaker, or of its closing, that the metrics do not. */
  private static List<String> unseen(Round round) {
    List<String> missing = new ArrayList<>();
    for (String degraded : round.counts().degraded().keySet()) {
      if (degraded.endsWith(OPEN)) {
        String part = degraded.substring(0, degraded.length() - OPEN.length());
        var moves = round.breakers().get(part);
        if (moves == null || moves.opened() == 0 || moves.closed() == 0) {
          missing.add(in(round) + ": answers say " + degraded + ", metrics " + moves);
        }
      }
    }
    return missing;
  }

  private static String in(Round round) {
    return "round " + round.number() + " (" + round.victim().process() + ")";
  }
}
