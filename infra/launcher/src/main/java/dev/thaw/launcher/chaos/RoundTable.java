package dev.thaw.launcher.chaos;

import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rounds as lines of text. */
final class RoundTable {
  static final String HEAD =
      "%5s %-14s %9s %8s %7s %6s %5s %7s %7s  %s"
          .formatted(
              "round",
              "killed",
              "back in s",
              "requests",
              "retried",
              "errors",
              "empty",
              "p50 ms",
              "p99 ms",
              "degraded; breakers opened/closed");

  private RoundTable() {}

  static String line(Round round) {
    Counts counts = round.counts();
    return String.format(
        Locale.ROOT,
        "%5d %-14s %9s %8d %7d %6d %5d %7.1f %7.1f  %s; %s",
        round.number(),
        round.victim().process(),
        round.recovered() ? String.format(Locale.ROOT, "%.1f", round.recoverySeconds()) : "never",
        counts.requests(),
        counts.retried(),
        counts.errors(),
        counts.empty(),
        counts.p50(),
        counts.p99(),
        new TreeMap<>(counts.degraded())
            .entrySet().stream()
                .map(e -> e.getKey() + " x" + e.getValue())
                .collect(Collectors.joining(", ")),
        new TreeMap<>(round.breakers())
            .entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue().opened() + "/" + e.getValue().closed())
                .collect(Collectors.joining(", ")));
  }
}
