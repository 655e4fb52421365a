package dev.thaw.evaluation.abtest;

import dev.thaw.evaluation.report.Table;
import dev.thaw.models.metrics.Interval;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what a log says of its arms, the shares of the arms first. */
public final class AbTables {
  /** Of what was left out, so many by name. */
  private static final int NAMED = 5;

  private AbTables() {}

  public static void print(AbReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%nSample ratio: %s (p %s, %d %% level, valid at every look)%n",
        report.sampleRatio().wrong() ? "WRONG, no comparison is valid" : "as it should be",
        number(report.sampleRatio().pValue()),
        Math.round(100 * SampleRatio.LEVEL));
    leftOut(report, out);
    out.print("\n" + arms(report).text());
    for (AbReport.Comparison each : report.comparisons()) {
      out.printf(
          "%n%s against %s: %s (%s)%n",
          each.treatment(), each.control(), each.verdict().label(), each.why());
      out.print("\n" + metric(report, each).text());
      if (!each.guardrails().isEmpty()) {
        out.print("\n" + guardrails(report, each).text());
      }
    }
    out.println("\n(a fixed-horizon interval holds at one look that was fixed beforehand)");
    out.flush();
  }

  private static void leftOut(AbReport report, PrintWriter out) {
    if (report.crossed() > 0) {
      out.printf("  %,d users met two arms and count in their first%n", report.crossed());
    }
    if (!report.foreign().isEmpty()) {
      out.printf(
          "  %,d impressions of configurations in no arm left out: %s%n",
          report.foreign().values().stream().mapToInt(Integer::intValue).sum(),
          report.foreign().keySet().stream().limit(NAMED).collect(Collectors.joining(", "))
              + (report.foreign().size() > NAMED ? ", ..." : ""));
    }
    if (report.outside() > 0) {
      out.printf("  %,d impressions of another experiment or of none left out%n", report.outside());
    }
    if (report.unsupported() > 0) {
      out.printf(
          "  %,d impressions are of a policy that leaves arms without a chance: they are compared"
              + " here, off-policy evaluation can't use them%n",
          report.unsupported());
    }
  }

  private static Table arms(AbReport report) {
    return new Table(
        "arms",
        "Arms; users are measured in the first "
            + report.userWindow()
            + " after they entered, once that is over",
        List.of(
            "arm",
            "versions",
            "share",
            "entered",
            "share of them",
            "measured",
            "requests",
            "items",
            "rewards"),
        report.arms().stream().map(arm -> cells(arm, report.arms())).toList());
  }

  private static List<String> cells(AbReport.ArmRow arm, List<AbReport.ArmRow> all) {
    int entered = all.stream().mapToInt(AbReport.ArmRow::entered).sum();
    return List.of(
        arm.name(),
        String.join(" ", new TreeSet<>(arm.versions())),
        percent(arm.share()),
        whole(arm.entered()),
        percent((double) arm.entered() / entered),
        whole(arm.settled()),
        whole(arm.requests()),
        whole(arm.shown()),
        String.format(Locale.ROOT, "%.1f", arm.rewards()));
  }

  private static Table metric(AbReport report, AbReport.Comparison of) {
    MetricRow row = of.metric();
    return new Table(
        "metric",
        "Metric, mean over users; intervals of " + percent(1 - report.level()),
        List.of(
            "metric",
            of.control(),
            of.treatment(),
            "difference",
            "always valid",
            "p, corrected",
            "fixed horizon"),
        List.of(
            List.of(
                row.metric(),
                number(row.control()),
                number(row.treatment()),
                signed(row.difference()),
                bounds(row.sequence()),
                number(row.pValue()),
                bounds(row.fixedHorizon()))));
  }

  private static Table guardrails(AbReport report, AbReport.Comparison of) {
    return new Table(
        "guardrails",
        "Guardrails, each bound by itself of " + percent(1 - report.level()),
        List.of("metric", "may fall by", "difference", "at least", "at most", "state"),
        of.guardrails().stream()
            .map(
                row ->
                    List.of(
                        row.metric(),
                        number(row.margin()),
                        signed(row.difference()),
                        row.bounds() == null ? "" : signed(row.bounds().low()),
                        row.bounds() == null ? "" : signed(row.bounds().high()),
                        row.state()))
            .toList());
  }

  private static String bounds(@Nullable Interval interval) {
    return interval == null
        ? "too few users"
        : "[" + signed(interval.low()) + ", " + signed(interval.high()) + "]";
  }

  private static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.5f", value);
  }
}
