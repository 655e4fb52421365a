package dev.thaw.launcher.commands;

import dev.thaw.serving.Failures;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the process ends with. */
public final class ExitCodes {
  /** All went well. */
  public static final int OK = 0;

  /** It could not be done; the reason is on standard error. */
  public static final int FAILED = 1;

  /** The command line can't be understood. */
  public static final int USAGE = 2;

  /**
   * Done, but some input lines could not be used: an import writes them to {@code rejected.jsonl},
   * a run to the dead letters.
   */
  public static final int PARTLY = 3;

  private static final String HEADING = "%nExit codes:%n";

  private ExitCodes() {}

  /** Sets the codes and says them in the help of every command. */
  public static CommandLine on(CommandLine line) {
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> failed(failure, command.getErr()));
    describe(line);
    return line;
  }

  private static void describe(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.exitCodeOnInvalidInput(USAGE).exitCodeOnExecutionException(FAILED);
    spec.usageMessage()
        .exitCodeListHeading(HEADING)
        .exitCodeList(
            new TreeMap<>(
                Map.of(
                    "0", "all went well",
                    "1", "it failed, the reason is on standard error",
                    "2", "the command line can't be understood",
                    "3", "done, but lines were rejected")));
    line.getSubcommands().values().forEach(ExitCodes::describe);
  }

  private static int failed(Exception failure, PrintWriter err) {
    Failures.tell("thaw", failure, err);
    return failure instanceof IllegalArgumentException ? USAGE : FAILED;
  }
}
