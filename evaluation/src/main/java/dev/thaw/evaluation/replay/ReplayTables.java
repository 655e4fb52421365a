package dev.thaw.evaluation.replay;

import dev.thaw.evaluation.offpolicy.OffPolicyResult;
import dev.thaw.evaluation.offpolicy.OffPolicyTables;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints what a log says of a configuration that did not write it. */
public final class ReplayTables {
  private ReplayTables() {}

  public static void print(ReplayResult result, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%n%s, replayed on %,d decisions of %s: %s%n",
        result.asked(),
        result.decisions(),
        result.logged(),
        result.verdict());
    result
        .missing()
        .forEach(
            (reason, decisions) ->
                out.printf(
                    Locale.ROOT,
                    "  %,d decisions (%.1f %%) say nothing: %s%n",
                    decisions,
                    100.0 * decisions / result.decisions(),
                    reason));
    Double rebuilt = result.rebuilt();
    if (rebuilt != null) {
      out.printf(
          Locale.ROOT,
          "  %s replayed as itself: effective share %.3f (1: its chances were rebuilt exactly)%n",
          result.logged(),
          rebuilt);
    }
    OffPolicyResult estimates = result.estimates();
    if (estimates != null) {
      OffPolicyTables.print(estimates, out);
    }
    out.flush();
  }
}
