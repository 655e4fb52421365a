package dev.thaw.launcher.tour;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Answers of the API as text. */
final class Narration {
  /** Answers looked through for an item that only exploration shows. */
  static final int EXPLORED = 200;

  private final PrintWriter out;
  private final Cast cast;

  Narration(PrintWriter out, Cast cast) {
    this.out = out;
    this.cast = cast;
  }

  void heading(int number, String title) {
    out.printf("%n%d. %s%n", number, title);
    out.flush();
  }

  void line(String text) {
    out.println("   " + text);
  }

  void bullet(String text) {
    out.println("   - " + text);
  }

  void answer(UserId user, DomainId domain, JsonNode answer) {
    JsonNode route = answer.path("route");
    line(
        "%s in %s: stage %s, answered by %s (%s)"
            .formatted(
                user,
                domain,
                route.path("stage").asText(),
                route.path("method").asText(),
                route.path("reason").asText()));
    route.path("fallbacks").forEach(f -> line("instead of " + f.asText()));
    answer.path("degraded").forEach(d -> line("degraded: " + d.asText()));
    for (JsonNode item : answer.path("items")) {
      out.printf(
          Locale.ROOT,
          "   %d. %-34s score %7.3f  by %-12s p=%.3f%n",
          item.path("slot").asInt() + 1,
          nameOf(ItemId.of(item.path("id").asText())),
          item.path("score").asDouble(),
          item.path("source").asText(),
          item.path("propensity").asDouble());
      String why = item.path("explanation").path("text").asText();
      if (!why.isEmpty()) {
        out.println("        " + why);
      }
    }
    out.flush();
  }

  void item(CatalogueItem item) {
    line(item.itemId() + ": " + (item.title().isEmpty() ? "(no title)" : item.title()));
    if (!item.description().isEmpty()) {
      line("\"" + item.description() + "\"");
    }
  }

  void similar(JsonNode answer) {
    line("most similar by content:");
    for (JsonNode near : answer.path("items")) {
      bullet(
          String.format(
              Locale.ROOT,
              "%s (%.2f)",
              nameOf(ItemId.of(near.path("id").asText())),
              near.path("similarity").asDouble()));
    }
  }

  void rankOf(CatalogueItem item, UserId user, JsonNode answer) {
    int rank = 1;
    for (JsonNode shown : answer.path("items")) {
      if (shown.path("id").asText().equals(item.itemId().value())) {
        line(
            "for %s, who likes this kind, it is number %d of the list, by %s"
                .formatted(user, rank, shown.path("source").asText()));
        return;
      }
      rank++;
    }
    line("for %s, who likes this kind, it is not among the first %d".formatted(user, rank - 1));
  }

  void explored(CatalogueItem item, List<JsonNode> answers) {
    int times = 0;
    double first = 0;
    for (JsonNode answer : answers) {
      for (JsonNode shown : answer.path("items")) {
        if (shown.path("id").asText().equals(item.itemId().value())) {
          times++;
          first = first == 0 ? shown.path("propensity").asDouble() : first;
        }
      }
    }
    line(
        times == 0
            ? "not drawn in %d answers".formatted(answers.size())
            : String.format(
                Locale.ROOT,
                "drawn in %d of %d answers, first with propensity %.4f",
                times,
                answers.size(),
                first));
  }

  void excluded(List<ItemId> posted, JsonNode answer) {
    for (JsonNode shown : answer.path("items")) {
      if (posted.contains(ItemId.of(shown.path("id").asText()))) {
        throw new IllegalStateException(
            "item " + shown.path("id").asText() + " was liked and is recommended all the same");
      }
    }
    line("none of the liked items is in the answer");
  }

  String nameOf(ItemId id) {
    return cast.item(id)
        .map(CatalogueItem::title)
        .filter(t -> !t.isEmpty())
        .map(t -> t.length() > 32 ? t.substring(0, 31) + "…" : t)
        .orElse(id.value());
  }
}
