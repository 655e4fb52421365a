package dev.thaw.evaluation.offpolicy.coverage;

import dev.thaw.evaluation.report.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints how intervals did in one world. */
public final class CoverageTables {
  private static final List<String> COLUMNS =
      List.of("estimator", "interval", "bias", "RMSE", "width", "coverage", "of nominal 95 %");

  private CoverageTables() {}

  /**
   * @param rows of one world, at least one
   */
  public static void print(List<CoverageRow> rows, int repetitions, PrintWriter out) {
    CoverageRow first = rows.get(0);
    String title =
        String.format(
            Locale.ROOT,
            "%s: value %.4f, effective sample size %.0f, %,d repetitions",
            first.world(),
            first.truth(),
            first.effectiveSampleSize(),
            repetitions);
    out.print(
        "\n"
            + new Table(
                    "coverage", title, COLUMNS, rows.stream().map(CoverageTables::cells).toList())
                .text());
    out.flush();
  }

  private static List<String> cells(CoverageRow row) {
    return List.of(
        row.estimator(),
        row.interval(),
        String.format(Locale.ROOT, "%+.5f", row.bias()),
        String.format(Locale.ROOT, "%.5f", row.rmse()),
        String.format(Locale.ROOT, "%.5f", row.width()),
        String.format(Locale.ROOT, "%.1f %%", 100 * row.coverage()),
        row.verdict());
  }
}
