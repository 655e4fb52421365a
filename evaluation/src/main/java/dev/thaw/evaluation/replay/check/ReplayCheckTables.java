package dev.thaw.evaluation.replay.check;

import dev.thaw.evaluation.report.Table;
import java.util.List;
import java.util.Locale;

/** Shows how well replays find out what is known. */
public final class ReplayCheckTables {
  private ReplayCheckTables() {}

  public static Table of(List<ReplayRow> rows, ReplayStudy study) {
    return new Table(
        "replay",
        String.format(
            Locale.ROOT,
            "Replays of %,d logs of %,d answers; value: on what the log had taught, served: on what"
                + " the asked one learns itself; intervals are studentised, of 95 %%",
            study.runs().runs(),
            study.rounds()),
        List.of(
            "asked of logged",
            "estimator",
            "rebuilt",
            "reliable",
            "estimate",
            "value",
            "served",
            "holds value",
            "holds served"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.scenario(),
                        row.estimator(),
                        number(row.rebuilt()),
                        percent(row.reliable()),
                        number(row.estimate()),
                        number(row.value()),
                        number(row.served()),
                        percent(row.coversValue()),
                        percent(row.coversServed())))
            .toList());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
