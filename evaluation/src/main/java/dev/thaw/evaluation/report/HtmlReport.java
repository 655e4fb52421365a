package dev.thaw.evaluation.report;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One page without anything outside it: what was chosen, verdicts, figures and tables. */
final class HtmlReport {
  private static final String STYLE =
      """
      body { font: 15px/1.45 system-ui, sans-serif; max-width: 76em; margin: 2em auto; padding: 0 1em }
      table { border-collapse: collapse; margin: .5em 0 1.5em }
      caption { text-align: left; font-weight: 600; padding: .4em 0 }
      th, td { padding: .2em .7em; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap }
      th:first-child, td:first-child { text-align: left }
      img { max-width: 100% } .win { font-weight: 700 } .loss { font-style: italic; color: #a00 }
      .pass { color: #060 } .fail { color: #a00 } dt { font-weight: 600 }
      """;

  private final StringBuilder html = new StringBuilder();

  /**
   * @param curves by domain, SVG documents
   */
  static String of(List<Figures> run, Map<String, byte[]> curves) {
    return new HtmlReport().write(run, curves);
  }

  private String write(List<Figures> run, Map<String, byte[]> curves) {
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>Thaw evaluation</title>\n<style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Evaluation</h1>\n")
        .append("<p>Intervals of 95 % by bootstrap over users. <span class=\"win\">Bold+</span>")
        .append(" above popularity (ratings: better than the biases) by the interval of the paired")
        .append(" difference, <span class=\"loss\">italic-</span> below.</p>\n");
    run.forEach(figures -> domain(figures, curves));
    return html.append("</body></html>\n").toString();
  }

  private void domain(Figures figures, Map<String, byte[]> curves) {
    html.append("<h2>Domain ").append(escaped(figures.domain())).append("</h2>\n<p>");
    html.append(escaped(figures.origin()))
        .append("; catalogue of ")
        .append(figures.catalogue())
        .append(" items, seed ")
        .append(figures.seed())
        .append("</p>\n");
    for (Figures.Envelope each : figures.envelopes()) {
      html.append("<p class=\"")
          .append(each.verdict())
          .append("\">")
          .append(escaped(ByK.verdict(each)))
          .append("</p>\n");
    }
    byte[] curve = curves.get(figures.domain());
    if (curve != null) {
      html.append("<img alt=\"curves by interactions given\" src=\"data:image/svg+xml;base64,")
          .append(Base64.getEncoder().encodeToString(curve))
          .append("\">\n");
    }
    ByK.of(figures).forEach(this::table);
    terms("Chosen before the test users were met", figures.chosen());
    terms("Skipped", figures.skipped());
    html.append("<details><summary>All figures</summary>\n");
    Records.of(figures).stream().filter(each -> !each.rows().isEmpty()).forEach(this::table);
    html.append("</details>\n");
  }

  private void table(Table table) {
    html.append("<table><caption>").append(escaped(table.title())).append("</caption><tr>");
    table.columns().forEach(name -> html.append("<th>").append(escaped(name)).append("</th>"));
    html.append("</tr>\n");
    for (List<String> row : table.rows()) {
      html.append("<tr>");
      row.forEach(this::cell);
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void cell(String text) {
    String kind = text.endsWith("+") ? "win" : text.endsWith("-") ? "loss" : "";
    html.append(kind.isEmpty() ? "<td>" : "<td class=\"" + kind + "\">")
        .append(escaped(text))
        .append("</td>");
  }

  private void terms(String title, Map<String, String> terms) {
    if (!terms.isEmpty()) {
      html.append("<h3>").append(title).append("</h3>\n<dl>");
      terms.forEach(
          (name, value) ->
              html.append("<dt>")
                  .append(escaped(name))
                  .append("</dt><dd>")
                  .append(escaped(value))
                  .append("</dd>\n"));
      html.append("</dl>\n");
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
