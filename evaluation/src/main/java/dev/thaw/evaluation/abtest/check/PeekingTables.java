package dev.thaw.evaluation.abtest.check;

import dev.thaw.evaluation.report.Table;
import java.util.List;
import java.util.Locale;

/** Shows how inference did that was looked at again and again. */
public final class PeekingTables {
  private PeekingTables() {}

  /** Shares of runs in which the truth was ever left out. */
  public static Table errors(List<PeekingRow> rows, PeekingStudy study) {
    return new Table(
        "errors",
        String.format(
            Locale.ROOT,
            "Runs that are ever wrong, of %,d, %,d users and %,d looks each; at lift 0 false alarms",
            study.runs().runs(),
            study.users(),
            study.looks()),
        List.of(
            "click rate, lift",
            "always valid",
            "guardrail at its margin",
            "sample ratio",
            "fixed horizon",
            "fixed horizon, last look alone",
            "always-valid levels"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        label(row),
                        percent(row.sequenceMissed()),
                        percent(row.boundMissed()),
                        percent(row.ratioAlarms()),
                        percent(row.fixedMissed()),
                        percent(row.fixedMissedLast()),
                        row.holds() ? "hold" : "do not hold"))
            .toList());
  }

  /** Shares of runs in which a difference that is there was found. */
  public static Table power(List<PeekingRow> rows) {
    return new Table(
        "power",
        "Differences found",
        List.of(
            "click rate, lift",
            "always valid, at any look",
            "in half of the runs by",
            "fixed horizon, last look alone"),
        rows.stream()
            .filter(row -> row.lift() != 0)
            .map(
                row ->
                    List.of(
                        label(row),
                        percent(row.found()),
                        row.medianUsers() == null
                            ? "never"
                            : String.format(Locale.ROOT, "%,d users", row.medianUsers()),
                        percent(row.fixedFoundLast())))
            .toList());
  }

  private static String label(PeekingRow row) {
    return String.format(Locale.ROOT, "%.1f %%, %+.0f %%", 100 * row.rate(), 100 * row.lift());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
