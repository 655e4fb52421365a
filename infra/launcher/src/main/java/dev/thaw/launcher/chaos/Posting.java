package dev.thaw.launcher.chaos;

import dev.thaw.launcher.chaos.Replicas.Answered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Posts records until they are acknowledged, to one server and the other; for one thread. */
final class Posting {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BEFORE_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Replicas replicas;
  private int first;

  Posting(Replicas replicas) {
    this.replicas = replicas;
  }

  /**
   * Returns when all of them are acknowledged.
   *
   * @throws IllegalStateException if one is refused, or nobody takes them for five minutes
   */
  void all(String path, List<byte[]> records) {
    String body = lines(records);
    long until = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      first = (first + 1) % replicas.number();
      Optional<Answered> answered =
          replicas.post(first, path, "application/x-ndjson", body, PATIENCE);
      if (answered.isPresent()) {
        requireAll(path, records.size(), answered.get().answer());
        return;
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "no server takes what is posted to " + path + " for " + LONGEST.toMinutes() + " min");
      }
      LockSupport.parkNanos(BEFORE_RETRY.toNanos());
    }
  }

  private static String lines(List<byte[]> records) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] each : records) {
      lines.writeBytes(each);
      lines.write('\n');
    }
    return lines.toString(StandardCharsets.UTF_8);
  }

  private static void requireAll(String path, int records, HttpCalls.Answer answer) {
    try {
      if (answer.isOk() && answer.json().path("accepted").asInt() == records) {
        return;
      }
    } catch (IOException e) {
      throw new IllegalStateException(path + " answered what is not JSON: " + answer.body(), e);
    }
    throw new IllegalStateException(
        path + " did not accept all " + records + " records: " + answer);
  }
}
