package dev.thaw.evaluation.claims;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints verdicts for people and writes them for programs. */
public final class ClaimTables {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ClaimTables() {}

  public static void print(List<ClaimResult> results, PrintWriter out) {
    for (ClaimResult each : results) {
      out.printf("%n%s: %s (%s)%n", each.domain(), each.claim(), each.source());
      out.println("  " + each.verdict() + (each.why().isEmpty() ? "" : ": " + each.why()));
      if (!each.findings().isEmpty()) {
        out.println("  measured: " + each.holdsIf());
      }
      for (ClaimResult.Finding finding : each.findings()) {
        out.printf(
            Locale.ROOT,
            "    %-60s %+.4f [%+.4f, %+.4f], %d%n",
            finding.what(),
            finding.interval().mean(),
            finding.interval().low(),
            finding.interval().high(),
            finding.interval().users());
      }
    }
    out.flush();
  }

  /** A list of {@link ClaimResult}. */
  public static void writeJson(List<ClaimResult> results, Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    JSON.writeValue(file.toFile(), results);
  }
}
