package dev.thaw.evaluation.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one run: {@code report.html}, {@code figures.json}, {@code figures.txt}, and for
 * each domain a folder with {@code rankings.csv}, {@code curve.csv}, {@code thirds.csv}, {@code
 * ratings.csv}, {@code envelope.csv}, {@code curve.svg} and {@code curve.png}, as far as there is
 * something in them. Written anew after each domain.
 */
public final class ReportFolder {
  private final Path folder;

  public ReportFolder(Path folder) {
    this.folder = folder;
  }

  /** Of one domain. */
  public Path domain(String domain) {
    return folder.resolve(domain);
  }

  public void write(List<Figures> run) throws IOException {
    Files.createDirectories(folder);
    Map<String, byte[]> curves = new HashMap<>();
    for (Figures figures : run) {
      if (!figures.isEmpty()) {
        write(figures, curves);
      }
    }
    Tables.writeJson(run, folder.resolve("figures.json"));
    try (PrintWriter text =
        new PrintWriter(Files.newBufferedWriter(folder.resolve("figures.txt")))) {
      run.forEach(figures -> Tables.print(figures, text));
    }
    Files.writeString(folder.resolve("report.html"), HtmlReport.of(run, curves));
  }

  private void write(Figures figures, Map<String, byte[]> curves) throws IOException {
    Path own = domain(figures.domain());
    Files.createDirectories(own);
    for (Table table : Records.of(figures)) {
      if (!table.rows().isEmpty()) {
        table.writeCsv(own.resolve(table.name() + ".csv"));
      }
    }
    if (!figures.curve().isEmpty()) {
      CurveFigure curve =
          CurveFigure.of(
              figures.domain() + ": " + figures.curve().get(0).users() + " " + figures.curveAsks(),
              figures.curve());
      byte[] svg = curve.svg();
      curves.put(figures.domain(), svg);
      Files.write(own.resolve("curve.svg"), svg);
      try (OutputStream png = Files.newOutputStream(own.resolve("curve.png"))) {
        curve.writePng(png);
      }
    }
  }
}
