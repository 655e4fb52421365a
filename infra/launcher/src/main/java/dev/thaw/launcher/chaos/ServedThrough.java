package dev.thaw.launcher.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the rounds say of serving. */
final class ServedThrough {
  private static final String OPEN = ":open";

  private ServedThrough() {}

  static List<Guarantee> of(Rounds.Done done, int asked) {
    List<Round> rounds = done.rounds();
    List<Counts> all = new ArrayList<>(done.between());
    rounds.forEach(round -> all.add(round.counts()));
    long requests = all.stream().mapToLong(Counts::requests).sum();
    String found = requests + " requests";
    List<Guarantee> guarantees = new ArrayList<>();
    guarantees.add(
        new Guarantee("no request failed", found, broken(done, Counts::errors, "errors")));
    guarantees.add(
        new Guarantee("no answer was empty", found, broken(done, Counts::empty, "empty answers")));
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
            "killed TaskManagers had work",
            rounds.stream().mapToInt(Round::restarted).sum() + " restarts of jobs",
            rounds.stream()
                .filter(round -> !round.metWork())
                .map(round -> in(round) + ": no job had to restart")
                .toList()));
    guarantees.add(
        new Guarantee(
            "everything recovered by itself",
            rounds.size() + " of " + asked + " rounds",
            rounds.stream().filter(round -> !round.recovered()).map(ServedThrough::in).toList()));
    return guarantees;
  }

  /** What was trained has decided something. */
  static Guarantee byModels(long answers) {
    return new Guarantee(
        "trained models answer",
        answers + " answers",
        answers > 0 ? List.of() : List.of("no answer is by them"));
  }

  private static List<String> broken(Rounds.Done done, ToLongFunction<Counts> faults, String what) {
    List<String> broken = new ArrayList<>();
    for (Round round : done.rounds()) {
      long found = faults.applyAsLong(round.counts());
      if (found > 0) {
        broken.add(in(round) + ": " + found + " " + what);
      }
    }
    long found = done.between().stream().mapToLong(faults).sum();
    if (found > 0) {
      broken.add("between the rounds: " + found + " " + what);
    }
    return broken;
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
    if (round.victim() == Victim.MILVUS && !round.breakers().containsKey(round.victim().part())) {
      missing.add(in(round) + ": away for seconds, and no breaker opened");
    }
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
