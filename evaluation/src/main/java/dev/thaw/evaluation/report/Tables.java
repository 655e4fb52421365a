package dev.thaw.evaluation.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.thaw.models.metrics.Interval;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints figures for people and writes them for programs. */
public final class Tables {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Tables() {}

  public static void print(Figures figures, PrintWriter out) {
    out.printf(
        "%nDomain %s: %s, catalogue of %d items, seed %d%n",
        figures.domain(), figures.origin(), figures.catalogue(), figures.seed());
    figures.chosen().forEach((what, value) -> out.println("  " + what + ": " + value));
    if (!figures.rankings().isEmpty()) {
      out.println("\nRanking of the whole catalogue; intervals of 95 % by bootstrap over users");
      out.printf(
          "%-5s%-28s%7s%9s  %-26s%-26s%-9s%-9s%s%n",
          "K",
          "method",
          "users",
          "answered",
          "Recall@10",
          "nDCG@10",
          "MRR",
          "coverage",
          "nDCG@10 - popularity");
      int k = Integer.MIN_VALUE;
      for (Figures.Ranking row : figures.rankings()) {
        if (row.k() != k) {
          out.println();
          k = row.k();
        }
        out.printf(
            Locale.ROOT,
            "%-5d%-28s%7d%9d  %-26s%-26s%-9.4f%-9.3f%s%n",
            row.k(),
            row.method(),
            row.users(),
            row.answered(),
            row.recall10(),
            row.ndcg10(),
            row.mrr().mean(),
            row.coverage(),
            verdict(row.versusPopularity()));
      }
    }
    if (!figures.ratings().isEmpty()) {
      out.println("\nRatings of the query items");
      out.printf(
          "%-5s%-32s%7s%9s  %-9s%-9s%-26s%-9s%s%n",
          "K",
          "method",
          "users",
          "ratings",
          "MAE",
          "RMSE",
          "mean MAE of a user",
          "nDCG@1",
          "nDCG@3");
      int k = Integer.MIN_VALUE;
      for (Figures.Rating row : figures.ratings()) {
        if (row.k() != k) {
          out.println();
          k = row.k();
        }
        out.printf(
            Locale.ROOT,
            "%-5d%-32s%7d%9d  %-9.4f%-9.4f%-26s%-9.4f%-9.4f%n",
            row.k(),
            row.method(),
            row.users(),
            row.ratings(),
            row.mae(),
            row.rmse(),
            row.userMae(),
            row.ndcg1(),
            row.ndcg3());
      }
    }
    out.flush();
  }

  private static String verdict(@org.jspecify.annotations.Nullable Interval difference) {
    return Optional.ofNullable(difference)
        .map(
            d ->
                String.format(
                    Locale.ROOT,
                    "%+.4f [%+.4f, %+.4f]%s",
                    d.mean(),
                    d.low(),
                    d.high(),
                    d.high() < 0 ? " loses" : d.low() > 0 ? " wins" : ""))
        .orElse("");
  }

  /** All experiments of a run in one file. */
  public static void writeJson(List<Figures> figures, Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    JSON.writeValue(file.toFile(), figures);
  }
}
