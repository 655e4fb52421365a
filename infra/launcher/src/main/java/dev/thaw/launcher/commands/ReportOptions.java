package dev.thaw.launcher.commands;

import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.report.ReportFolder;
import dev.thaw.evaluation.report.Tables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the figures of an evaluation go, beside the console. */
final class ReportOptions {
  @Option(names = "--json", description = "file for the figures, as JSON")
  @Nullable Path json;

  @Option(
      names = "--out",
      description =
          "folder for report.html, tables as CSV, JSON and text, plots, and (thaw evaluate) the splits")
  @Nullable Path out;

  Optional<Path> json() {
    return Optional.ofNullable(json);
  }

  Optional<ReportFolder> folder() {
    return Optional.ofNullable(out).map(ReportFolder::new);
  }

  /** What was asked for, in place of what an earlier call wrote. */
  void write(List<Figures> figures) throws IOException {
    if (json != null) {
      Tables.writeJson(figures, json);
    }
    if (out != null) {
      new ReportFolder(out).write(figures);
    }
  }

  void sayWhere(PrintWriter console) {
    if (json != null) {
      console.println("\nFigures written to " + json);
    }
    if (out != null) {
      console.println("\nReport written to " + out.resolve("report.html"));
    }
  }
}
