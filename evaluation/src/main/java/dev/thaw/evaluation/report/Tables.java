package dev.thaw.evaluation.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.thaw.models.metrics.Interval;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints figures for people and writes them for programs. */
public final class Tables {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Tables() {}

  public static void print(Figures figures, PrintWriter out) {
    out.printf(
        "%nDomain %s: %s, catalogue of %d items, seed %d%n",
        figures.domain(), figures.origin(), figures.catalogue(), figures.seed());
    figures.skipped().forEach((what, why) -> out.println("  skipped " + what + ": " + why));
    figures.chosen().forEach((what, value) -> out.println("  " + what + ": " + value));
    if (!figures.rankings().isEmpty()) {
      out.println(
          "\nRankings, each of all users that it can ask; intervals of 95 % by bootstrap over users");
      out.printf(
          "%-8s%-28s%7s%9s  %-26s%-26s%-9s%-9s%s%n",
          "K",
          "method",
          "users",
          "answered",
          "Recall@10",
          "nDCG@10",
          "MRR",
          "coverage",
          "nDCG@10 - " + figures.rankings().get(0).method());
      int k = Integer.MIN_VALUE;
      for (Figures.Ranking row : figures.rankings()) {
        if (row.k() != k) {
          out.println();
          k = row.k();
        }
        out.printf(
            Locale.ROOT,
            "%-8s%-28s%7d%9d  %-26s%-26s%-9.4f%-9.3f%s%s%n",
            ByK.label(row.k()),
            row.method(),
            row.users(),
            row.answered(),
            row.recall10(),
            row.ndcg10(),
            row.mrr().mean(),
            row.coverage(),
            verdict(row.versusPopularity(), 1),
            losses(row.versus()));
      }
    }
    if (!figures.ratings().isEmpty()) {
      out.println("\nRatings of the query items");
      out.printf(
          "%-5s%-32s%7s%9s  %-9s%-9s%-26s%-9s%-9s%s%n",
          "K",
          "method",
          "users",
          "ratings",
          "MAE",
          "RMSE",
          "mean MAE of a user",
          "nDCG@1",
          "nDCG@3",
          "MAE - bias");
      int k = Integer.MIN_VALUE;
      for (Figures.Rating row : figures.ratings()) {
        if (row.k() != k) {
          out.println();
          k = row.k();
        }
        out.printf(
            Locale.ROOT,
            "%-5s%-32s%7d%9d  %-9.4f%-9.4f%-26s%-9.4f%-9.4f%s%n",
            ByK.label(row.k()),
            row.method(),
            row.users(),
            row.ratings(),
            row.mae(),
            row.rmse(),
            row.userMae(),
            row.ndcg1(),
            row.ndcg3(),
            verdict(row.versusBias(), -1));
      }
    }
    ByK.of(figures).stream()
        .filter(table -> !table.name().startsWith("all-users") && !table.name().equals("ratings"))
        .forEach(table -> out.print("\n" + table.text()));
    out.flush();
  }

  private static String losses(List<Figures.Versus> versus) {
    return versus.stream()
        .filter(each -> each.verdict().equals("loses"))
        .map(each -> "; loses to " + each.method() + " (" + signed(each.difference()) + ")")
        .collect(Collectors.joining());
  }

  static String signed(Interval difference) {
    return String.format(
        Locale.ROOT,
        "%+.4f [%+.4f, %+.4f]",
        difference.mean(),
        difference.low(),
        difference.high());
  }

  /**
   * @param better 1 where more is better, -1 where less is
   */
  private static String verdict(@Nullable Interval difference, int better) {
    if (difference == null) {
      return "";
    }
    boolean above = difference.low() > 0;
    boolean below = difference.high() < 0;
    String word = better > 0 ? (above ? " wins" : " loses") : (above ? " loses" : " wins");
    return signed(difference) + (above || below ? word : "");
  }

  /**
   * All figures of a run in one file, in place of the one that is there once it is whole. What is
   * no plain file, such as a link or a pipe, is written through.
   */
  public static void writeJson(List<?> figures, Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      JSON.writeValue(file.toFile(), figures);
      return;
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      JSON.writeValue(unfinished.toFile(), figures);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
