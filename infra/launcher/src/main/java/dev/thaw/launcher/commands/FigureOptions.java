package dev.thaw.launcher.commands;

import dev.thaw.evaluation.report.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands whose figures come from draws. */
final class FigureOptions {
  @Option(names = "--seed", defaultValue = "0", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(names = "--json", description = "file for the figures, as JSON")
  @Nullable Path json;

  /** Where a file was asked for. */
  void write(List<?> figures) throws IOException {
    if (json != null) {
      Tables.writeJson(figures, json);
    }
  }
}
