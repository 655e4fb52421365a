package dev.thaw.launcher.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * An expression of a dashboard or an alert.
 *
 * @param place file and panel or alert
 * @param shown labels that its legend or its annotations name
 */
public record WatchedMetrics(String place, PromExpression expression, Set<String> shown) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final Pattern ANNOTATION = Pattern.compile("\\$labels\\.(\\w+)");
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((.*),\\s*(\\w+)\\)", Pattern.DOTALL);

  /** Of every dashboard and rule file in the folder. */
  public static List<WatchedMetrics> in(Path folder) {
    List<WatchedMetrics> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        dashboard(file.getFileName().toString(), JSON.readTree(file.toFile()), found);
      }
      rules(folder.resolve("thaw-rules.yaml"), found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** The jobs that the scrape configuration names. */
  public static List<String> jobs(Path scrapeConfiguration) {
    List<String> jobs = new ArrayList<>();
    yaml(scrapeConfiguration)
        .path("scrape_configs")
        .forEach(each -> jobs.add(each.path("job_name").asText()));
    return jobs;
  }

  private static void dashboard(String file, JsonNode dashboard, List<WatchedMetrics> found) {
    for (JsonNode variable : dashboard.at("/templating/list")) {
      Matcher query = LABEL_VALUES.matcher(variable.path("query").asText());
      if (query.matches()) {
        add(
            found,
            file + " $" + variable.path("name").asText(),
            query.group(1),
            Set.of(query.group(2)));
      }
    }
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String place = file + " \"" + panel.path("title").asText() + '"';
        add(
            found,
            place,
            target.path("expr").asText(),
            names(LEGEND, target.path("legendFormat").asText()));
      }
    }
  }

  private static void rules(Path file, List<WatchedMetrics> found) {
    for (JsonNode group : yaml(file).path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        String place = file.getFileName() + " " + rule.path("alert").asText();
        add(
            found,
            place,
            rule.path("expr").asText(),
            names(ANNOTATION, rule.path("annotations").toString()));
      }
    }
  }

  private static void add(
      List<WatchedMetrics> found, String place, String expression, Set<String> shown) {
    found.add(new WatchedMetrics(place, PromExpression.parse(expression), shown));
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new LinkedHashSet<>();
    pattern.matcher(text).results().forEach(each -> names.add(each.group(1)));
    return names;
  }

  private static JsonNode yaml(Path file) {
    try {
      Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      return JSON.valueToTree(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is watched and isn't there, one line each.
   *
   * @param scraped every series of every target
   */
  public List<String> missing(List<Series> scraped) {
    List<String> missing = new ArrayList<>();
    Set<String> there = new LinkedHashSet<>();
    if (expression.selectors().isEmpty()) {
      missing.add(place + " names no metric");
    }
    for (Selector selector :
        expression.selectors().stream().flatMap(s -> s.alternatives().stream()).toList()) {
      List<Series> matching = scraped.stream().filter(selector::matches).toList();
      if (matching.isEmpty()) {
        missing.add(place + ": no series is " + selector);
      }
      matching.forEach(each -> there.addAll(each.labels().keySet()));
    }
    Set<String> named = new LinkedHashSet<>(expression.labels());
    named.addAll(shown);
    named.removeAll(there);
    named.forEach(label -> missing.add(place + ": no series has the label " + label));
    return missing;
  }
}
