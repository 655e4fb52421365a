package dev.thaw.evaluation.report;

import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables for programs: every figure unrounded in a column of its own, a row per method and K. */
final class Records {
  /** Figures without an interval. */
  private static final List<String> SINGLE =
      List.of("coverage", "exposure", "ndcg1", "ndcg3", "margin", "verdict");

  private Records() {}

  static List<Table> of(Figures figures) {
    return List.of(
        rankings(figures),
        versus(figures),
        curve(figures),
        thirds(figures),
        ratings(figures),
        envelopes(figures));
  }

  private static Table rankings(Figures figures) {
    return new Table(
        "rankings",
        "rankings",
        columns(
            "k,method,users,answered",
            "recall10",
            "ndcg10",
            "mrr",
            "coverage",
            "versus_popularity"),
        figures.rankings().stream()
            .map(
                row ->
                    cells(
                        ByK.label(row.k()),
                        row.method(),
                        row.users(),
                        row.answered(),
                        row.recall10(),
                        row.ndcg10(),
                        row.mrr(),
                        row.coverage(),
                        row.versusPopularity()))
            .toList());
  }

  private static Table versus(Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    for (Figures.Ranking row : figures.rankings()) {
      for (Figures.Versus each : row.versus()) {
        rows.add(
            cells(
                ByK.label(row.k()),
                row.method(),
                each.method(),
                each.difference().users(),
                each.difference()));
      }
    }
    return new Table("versus", "versus", columns("k,method,other,users", "difference"), rows);
  }

  private static Table curve(Figures figures) {
    return new Table(
        "curve",
        "curve",
        columns("k,method,users", "recall10", "ndcg10", "versus_popularity"),
        figures.curve().stream()
            .map(
                row ->
                    cells(
                        row.k(),
                        row.method(),
                        row.users(),
                        row.recall10(),
                        row.ndcg10(),
                        row.versusPopularity()))
            .toList());
  }

  private static Table thirds(Figures figures) {
    return new Table(
        "thirds",
        "thirds",
        columns("k,method,third,items,users", "ndcg10", "exposure"),
        figures.thirds().stream()
            .map(
                row ->
                    cells(
                        ByK.label(row.k()),
                        row.method(),
                        row.third(),
                        row.items(),
                        row.ndcg10().users(),
                        row.ndcg10(),
                        row.exposure()))
            .toList());
  }

  private static Table ratings(Figures figures) {
    return new Table(
        "ratings",
        "ratings",
        columns("k,method,users,ratings,mae,rmse", "user_mae", "ndcg1", "ndcg3", "versus_bias"),
        figures.ratings().stream()
            .map(
                row ->
                    cells(
                        ByK.label(row.k()),
                        row.method(),
                        row.users(),
                        row.ratings(),
                        row.mae(),
                        row.rmse(),
                        row.userMae(),
                        row.ndcg1(),
                        row.ndcg3(),
                        row.versusBias()))
            .toList());
  }

  private static Table envelopes(Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    for (Figures.Envelope each : figures.envelopes()) {
      for (Figures.Envelope.Cell cell : each.cells()) {
        rows.add(
            cells(
                ByK.label(cell.k()),
                each.hybrid(),
                cell.method(),
                cell.difference().users(),
                cell.difference(),
                each.margin(),
                each.verdict()));
      }
    }
    return new Table(
        "envelope",
        "envelope",
        columns("k,hybrid,method,users", "difference", "margin", "verdict"),
        rows);
  }

  /** Intervals have three columns. */
  private static List<String> columns(String plain, String... figures) {
    List<String> columns = new ArrayList<>(List.of(plain.split(",", -1)));
    for (String figure : figures) {
      columns.add(figure);
      if (!SINGLE.contains(figure)) {
        columns.addAll(List.of(figure + "_low", figure + "_high"));
      }
    }
    return columns;
  }

  private static List<String> cells(@Nullable Object... values) {
    List<String> cells = new ArrayList<>();
    Arrays.stream(values)
        .forEach(
            value -> {
              if (value instanceof Interval interval) {
                cells.add("" + interval.mean());
                cells.add("" + interval.low());
                cells.add("" + interval.high());
              } else if (value == null) {
                cells.addAll(List.of("", "", ""));
              } else {
                cells.add(value.toString());
              }
            });
    return cells;
  }
}
