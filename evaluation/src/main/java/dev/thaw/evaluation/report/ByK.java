package dev.thaw.evaluation.report;

import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tables for people: a line per method, a column per number of given interactions. */
final class ByK {
  private ByK() {}

  /** All of a domain's figures that are there. */
  static List<Table> of(Figures figures) {
    List<Table> tables = new ArrayList<>();
    Map<String, Function<Figures.Ranking, String>> rankings =
        Map.of(
            "ndcg10", row -> mean(row.ndcg10()) + mark(row.versusPopularity(), 1),
            "recall10", row -> mean(row.recall10()));
    for (String metric : List.of("ndcg10", "recall10")) {
      tables.add(
          table(
              "all-users-" + metric,
              title(metric) + ", all users: each count asks for all that follows it",
              figures.rankings(),
              Figures.Ranking::method,
              Figures.Ranking::k,
              rankings.getOrDefault(metric, row -> "")));
    }
    Map<String, Function<Figures.CurvePoint, String>> curve =
        Map.of(
            "ndcg10", row -> mean(row.ndcg10()) + mark(row.versusPopularity(), 1),
            "recall10", row -> mean(row.recall10()));
    for (String metric : List.of("ndcg10", "recall10")) {
      tables.add(
          table(
              "curve-" + metric,
              title(metric) + ", the same question at every count: " + figures.curveAsks(),
              figures.curve(),
              Figures.CurvePoint::method,
              Figures.CurvePoint::k,
              curve.getOrDefault(metric, row -> "")));
    }
    for (String third : Figures.Third.NAMES) {
      List<Figures.Third> rows =
          figures.thirds().stream().filter(row -> row.third().equals(third)).toList();
      tables.add(
          table(
              "third-" + third,
              "nDCG@10 of the items in the "
                  + third
                  + " of popularity ("
                  + (rows.isEmpty() ? 0 : rows.get(0).items())
                  + " items, a third of the likes), and the share of the first ten places they have",
              rows,
              Figures.Third::method,
              Figures.Third::k,
              row -> mean(row.ndcg10()) + String.format(Locale.ROOT, " (%.2f)", row.exposure())));
    }
    tables.add(
        table(
            "ratings",
            "MAE / RMSE",
            figures.ratings(),
            Figures.Rating::method,
            Figures.Rating::k,
            row ->
                String.format(Locale.ROOT, "%.3f / %.3f", row.mae(), row.rmse())
                    + mark(row.versusBias(), -1)));
    for (Figures.Envelope envelope : figures.envelopes()) {
      tables.add(
          table(
              "envelope-" + envelope.hybrid(),
              verdict(envelope),
              envelope.cells(),
              Figures.Envelope.Cell::method,
              Figures.Envelope.Cell::k,
              cell ->
                  String.format(
                      Locale.ROOT,
                      "%+.4f (> %+.4f)",
                      cell.difference().mean(),
                      cell.difference().low())));
    }
    tables.addAll(versusOurs(figures.rankings()));
    tables.removeIf(table -> table.rows().isEmpty());
    return tables;
  }

  /** One for each recommender of somebody else: of all rows only theirs name the first method. */
  private static List<Table> versusOurs(List<Figures.Ranking> rankings) {
    Map<String, List<VersusAt>> others = new TreeMap<>();
    for (Figures.Ranking row : rankings) {
      String first = rankings.get(0).method();
      if (row.versus().stream().anyMatch(each -> each.method().equals(first))) {
        List<VersusAt> rows = others.computeIfAbsent(row.method(), name -> new ArrayList<>());
        row.versus().forEach(each -> rows.add(new VersusAt(row.k(), each)));
      }
    }
    List<Table> tables = new ArrayList<>();
    others.forEach(
        (name, rows) ->
            tables.add(
                table(
                    "versus-" + name,
                    name
                        + " minus each method of ours, nDCG@10, paired by user with 95 % interval: +"
                        + " where it wins, - where it loses",
                    rows,
                    row -> row.versus.method(),
                    VersusAt::k,
                    row ->
                        Tables.signed(row.versus.difference())
                            + mark(row.versus.difference(), 1))));
    return tables;
  }

  private record VersusAt(int k, Figures.Versus versus) {}

  static String verdict(Figures.Envelope envelope) {
    return String.format(
        Locale.ROOT,
        "%s minus each single method, nDCG@10 over %d users, with the simultaneous lower bound of"
            + " %.0f %%, against the margin %.3f: %s",
        envelope.hybrid(),
        envelope.users(),
        100 * envelope.confidence(),
        envelope.margin(),
        envelope.verdict());
  }

  private static String title(String metric) {
    return metric.equals("ndcg10") ? "nDCG@10" : "Recall@10";
  }

  /** Likes among q popular items as {@code qQ}. */
  static String label(int k) {
    return k < -1 ? "q" + -k : Integer.toString(k);
  }

  private static String mean(Interval interval) {
    return interval.users() == 0 ? "" : String.format(Locale.ROOT, "%.3f", interval.mean());
  }

  /** {@code +} where it wins, {@code -} where it loses. */
  private static String mark(@Nullable Interval difference, int better) {
    if (difference == null || (difference.low() <= 0 && difference.high() >= 0)) {
      return "";
    }
    return (difference.low() > 0) == (better > 0) ? "+" : "-";
  }

  private static <R> Table table(
      String name,
      String title,
      List<R> rows,
      Function<R, String> method,
      Function<R, Integer> k,
      Function<R, String> cell) {
    Set<String> methods = new LinkedHashSet<>();
    Set<Integer> counts = new TreeSet<>();
    Map<String, Map<Integer, String>> cells = new HashMap<>();
    for (R row : rows) {
      methods.add(method.apply(row));
      counts.add(k.apply(row));
      cells
          .computeIfAbsent(method.apply(row), m -> new HashMap<>())
          .put(k.apply(row), cell.apply(row));
    }
    List<String> columns = new ArrayList<>(List.of("method"));
    counts.forEach(count -> columns.add("K=" + label(count)));
    List<List<String>> lines = new ArrayList<>();
    for (String each : methods) {
      List<String> line = new ArrayList<>(List.of(each));
      counts.forEach(count -> line.add(cells.getOrDefault(each, Map.of()).getOrDefault(count, "")));
      lines.add(line);
    }
    return new Table(name, title, columns, lines);
  }
}
