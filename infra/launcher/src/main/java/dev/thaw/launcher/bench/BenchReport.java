package dev.thaw.launcher.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures as a table and as JSON, and what could not be measured or was left out. */
public final class BenchReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Map<String, List<Figure>> measured = new LinkedHashMap<>();
  private final Map<String, String> failed = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();

  public void add(String benchmark, List<Figure> figures) {
    measured.put(benchmark, List.copyOf(figures));
  }

  public void fail(String benchmark, Exception reason) {
    failed.put(benchmark, reason.toString());
  }

  public void leaveOut(String benchmark, String reason) {
    leftOut.put(benchmark, reason);
  }

  public boolean hasFailures() {
    return !failed.isEmpty();
  }

  /** Names of the figures that miss their targets. */
  public List<String> missed() {
    return measured.values().stream()
        .flatMap(List::stream)
        .filter(Figure::misses)
        .map(Figure::name)
        .toList();
  }

  /** One benchmark's figures. */
  public void print(String benchmark, PrintWriter out) {
    out.println();
    out.println(benchmark);
    String reason = failed.get(benchmark);
    if (reason != null) {
      out.println("  failed: " + reason);
    }
    String missing = leftOut.get(benchmark);
    if (missing != null) {
      out.println("  left out: " + missing);
    }
    List<Figure> figures = measured.getOrDefault(benchmark, List.of());
    int width = figures.stream().mapToInt(f -> f.name().length()).max().orElse(0);
    for (Figure each : figures) {
      out.printf(
          Locale.ROOT,
          "  %-" + width + "s %12s %-16s %s%n",
          each.name(),
          number(each.value()),
          each.unit(),
          remarks(each));
    }
    out.flush();
  }

  private static String remarks(Figure figure) {
    List<String> remarks = new ArrayList<>();
    Figure.Target target = figure.target();
    if (target != null) {
      remarks.add(
          (figure.misses() ? "MISSES " : "meets ")
              + (target.atLeast() ? ">= " : "<= ")
              + number(target.bound()));
    }
    figure.baselines().forEach((name, value) -> remarks.add(name + " " + number(value)));
    figure.quality().forEach((name, value) -> remarks.add(name + " = " + number(value)));
    if (!figure.reference().isEmpty()) {
      remarks.add("(" + figure.reference() + ")");
    }
    return String.join("; ", remarks);
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.3f" : "%.5f";
    return String.format(Locale.ROOT, format, value);
  }

  /** The same figures for programs. */
  public void writeJson(Path file, Map<String, Object> setting) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.set("setting", JSON.valueToTree(setting));
    ObjectNode benchmarks = root.putObject("benchmarks");
    measured.forEach(
        (name, figures) -> {
          ArrayNode list = benchmarks.putArray(name);
          figures.forEach(each -> list.add(JSON.<ObjectNode>valueToTree(each)));
        });
    root.set("failed", JSON.valueToTree(failed));
    root.set("left_out", JSON.valueToTree(leftOut));
    JSON.writeValue(file.toFile(), root);
  }
}
