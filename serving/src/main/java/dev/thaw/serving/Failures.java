package dev.thaw.serving;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.apache.kafka.common.KafkaException;

/** What a command says when it fails. */
public final class Failures {
  private static final int DEEPEST = 50;

  private Failures() {}

  /** A reason for the caller in one line; a fault of ours with all there is to know. */
  public static void tell(String command, Exception failure, PrintWriter err) {
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      err.println(command + ": " + described(failure));
    } else if (saysWhy(failure)) {
      String reason = String.valueOf(failure.getMessage());
      Throwable root = root(failure);
      err.println(
          command
              + ": "
              + reason
              + (saysWhy(root) && !reason.contains(String.valueOf(root.getMessage()))
                  ? ": " + root.getMessage()
                  : ""));
    } else {
      failure.printStackTrace(err);
    }
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
    for (int depth = 0; depth < DEEPEST && root.getCause() != null && !isOurs(root); depth++) {
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
