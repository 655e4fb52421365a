package dev.thaw.launcher.chaos;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.launcher.chaos.Replicas.Answered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Posts records until they are acknowledged, to one server and the other; for one thread. */
final class Posting {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BEFORE_RETRY = Duration.ofMillis(200);
  private static final int NO_CONTENT = 204;
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
    requireAll(
        path,
        records.size(),
        taken(path, server -> replicas.post(server, path, "application/x-ndjson", body, PATIENCE)));
  }

  /** Returns when the erasure of the user is acknowledged; throws likewise. */
  void erase(UserId user) {
    String path = "/v1/users/" + user.value();
    HttpCalls.Answer answer = taken(path, server -> replicas.delete(server, path, PATIENCE));
    if (answer.status() != NO_CONTENT) {
      throw new IllegalStateException(path + " was not erased: " + answer);
    }
  }

  private HttpCalls.Answer taken(String path, IntFunction<Optional<Answered>> call) {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      first = (first + 1) % replicas.number();
      Optional<Answered> answered = call.apply(first);
      if (answered.isPresent()) {
        return answered.get().answer();
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "no server takes what is sent to " + path + " for " + LONGEST.toMinutes() + " min");
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
