package dev.thaw.evaluation.offpolicy;

import dev.thaw.evaluation.report.Table;
import dev.thaw.models.metrics.Interval;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what logs say of policies. */
public final class OffPolicyTables {
  private OffPolicyTables() {}

  public static void print(OffPolicyResult result, PrintWriter out) {
    Diagnostics d = result.diagnostics();
    out.printf("%n%s, from the log %s: %s%n", result.policy(), result.log(), result.verdict());
    out.printf(
        Locale.ROOT,
        "  %,d rounds of %,d clusters, effective sample size %.1f, weights at most %.1f, mean %.3f"
            + " +- %.3f, %s %.2f %%%n",
        d.rounds(),
        d.clusters(),
        d.effectiveSampleSize(),
        d.maxWeight(),
        d.meanWeight(),
        d.meanWeightError(),
        d.distributionsLogged() ? "without support" : "on arms never shown",
        100 * d.missingSupport());
    out.println("  mean reward of the log: " + interval(result.logged().studentised()));
    if (result.own() != null) {
      out.println("  mean reward of the policy's own log: " + interval(result.own().studentised()));
    }
    out.println(
        "  with high probability, whatever the distribution: " + bounds(result.highProbability()));
    out.print("\n" + table(result).text());
    if (result.rows().stream().anyMatch(row -> row.estimator().equals(DoublyRobust.DIRECT))) {
      out.println("(the intervals of DM leave out the error of its model and are far too narrow)");
    }
    out.flush();
  }

  private static Table table(OffPolicyResult result) {
    List<String> columns =
        new ArrayList<>(
            List.of("estimator", "reward", "error", "95 % studentised", "95 % percentile"));
    if (result.own() != null) {
      columns.add("minus own log, both errors");
    }
    return new Table(
        "off-policy",
        "Reward of an answer under " + result.policy(),
        columns,
        result.rows().stream().map(OffPolicyTables::row).toList());
  }

  private static List<String> row(OffPolicyResult.Row row) {
    Intervals intervals = row.intervals();
    List<String> cells =
        new ArrayList<>(
            List.of(
                row.estimator(),
                number(intervals.estimate()),
                number(intervals.standardError()),
                bounds(intervals.studentised()),
                bounds(intervals.percentile())));
    if (row.minusOwn() != null) {
      cells.add(interval(row.minusOwn()));
    }
    return cells;
  }

  private static String interval(Interval interval) {
    return number(interval.mean()) + " " + bounds(interval);
  }

  private static String bounds(Interval interval) {
    return "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
  }

  private static String number(double value) {
    // a normalised estimate without any weight in the log
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.5f", value);
  }
}
