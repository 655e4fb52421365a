package dev.thaw.launcher.observability;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of Prometheus' text format, without its value. */
public record Series(String name, Map<String, String> labels) {
  private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+.*");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  public Series {
    labels = Map.copyOf(labels);
  }

  /**
   * What a target exposes.
   *
   * @param job under which it is scraped: a label that Prometheus adds, as it does {@code instance}
   */
  public static List<Series> scraped(String exposition, String job) {
    return exposition
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> read(line, job))
        .toList();
  }

  /** The series that Prometheus itself writes of a target. */
  public static Series up(String job) {
    return new Series("up", Map.of("job", job, "instance", "target"));
  }

  private static Series read(String line, String job) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no line of Prometheus' text format: " + line);
    }
    Map<String, String> labels = new TreeMap<>(Map.of("job", job, "instance", "target"));
    Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return new Series(matcher.group(1), labels);
  }
}
