package dev.thaw.launcher.commands;

import dev.thaw.evaluation.claims.ClaimRun;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Claims in place of a protocol. */
final class ClaimOptions {
  private static final int FEWEST_ROUNDS = 1_000;
  private static final Set<String> BESIDE =
      Set.of(
          "--claims",
          "--data",
          "--split",
          "--domain",
          "--held-out",
          "--max-users",
          "--seed",
          "--encoder",
          "--rounds",
          "--json");

  @Option(
      names = "--claims",
      description =
          "instead of a protocol: what papers and the article claim, each with its verdict on each"
              + " domain")
  boolean claims;

  @Option(
      names = "--rounds",
      defaultValue = "100000",
      description =
          "of --claims: rounds of the simulated worlds that need no data (default: ${DEFAULT-VALUE})")
  int rounds;

  /**
   * @throws IllegalArgumentException naming options that claims would ignore
   */
  ClaimRun.Simulated simulated(CommandLine.ParseResult parsed) {
    if (rounds < FEWEST_ROUNDS) {
      throw new IllegalArgumentException("--rounds must be >= 1000, was " + rounds);
    }
    List<String> refused =
        parsed.matchedOptions().stream()
            .map(CommandLine.Model.OptionSpec::longestName)
            .filter(name -> !BESIDE.contains(name))
            .toList();
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "--claims goes with --data, --split, --domain, --held-out, --max-users, --seed,"
              + " --encoder, --rounds and --json alone, not with "
              + String.join(", ", refused));
    }
    return ClaimRun.Simulated.ofRounds(rounds);
  }
}
