package dev.thaw.launcher.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** What was killed, what came of it, and which guarantees held. */
public record ChaosReport(long seed, List<Round> rounds, List<Guarantee> guarantees) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int SHOWN = 10;

  public ChaosReport {
    rounds = List.copyOf(rounds);
    guarantees = List.copyOf(guarantees);
  }

  public boolean allHeld() {
    return guarantees.stream().allMatch(Guarantee::held);
  }

  public void print(PrintWriter out) {
    out.println(RoundTable.HEAD);
    rounds.forEach(round -> out.println(RoundTable.line(round)));
    out.println();
    for (Guarantee each : guarantees) {
      out.println(
          (each.held() ? "held    " : "BROKEN  ") + each.name() + " (" + each.found() + ")");
      each.broken().stream().limit(SHOWN).forEach(line -> out.println("          " + line));
      if (each.broken().size() > SHOWN) {
        out.println("          and " + (each.broken().size() - SHOWN) + " more");
      }
    }
    out.flush();
  }

  /** Everything, for programs. */
  void writeJson(Path file) throws IOException {
    JSON.writeValue(file.toFile(), this);
  }
}
