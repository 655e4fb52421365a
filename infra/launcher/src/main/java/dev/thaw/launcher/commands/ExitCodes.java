package dev.thaw.launcher.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
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

  /** A reason for the caller in one line; a fault of ours with all there is to know. */
  private static int failed(Exception failure, PrintWriter err) {
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      err.println("thaw: " + described(failure));
    } else if (saysWhy(failure)) {
      String reason = String.valueOf(failure.getMessage());
      Throwable root = root(failure);
      err.println(
          "thaw: "
              + reason
              + (saysWhy(root) && !reason.contains(String.valueOf(root.getMessage()))
                  ? ": " + root.getMessage()
                  : ""));
    } else {
      failure.printStackTrace(err);
    }
    return failure instanceof IllegalArgumentException ? USAGE : FAILED;
  }

  /** Whether its message is written for who called, as those of our own exceptions and Kafka's. */
  private static boolean saysWhy(Throwable failure) {
    return failure instanceof IllegalArgumentException
        || failure instanceof IllegalStateException
        || failure instanceof KafkaException
        || isOurs(failure);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < 50 && root.getCause() != null && !isOurs(root); depth++) {
      root = root.getCause();
    }
    return root;
  }

  private static boolean isOurs(Throwable failure) {
    return failure.getClass().getPackageName().startsWith("dev.thaw.");
  }

  /** What failed and why; the message of many of these is no more than a path. */
  private static String described(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    Throwable cause = failure.getCause();
    if (failure instanceof UncheckedIOException && cause != null) {
      return message.equals(cause.toString())
          ? described(cause)
          : message + ": " + described(cause);
    }
    return failure instanceof FileSystemException
        ? failure.getClass().getSimpleName() + ": " + message
        : message;
  }
}
