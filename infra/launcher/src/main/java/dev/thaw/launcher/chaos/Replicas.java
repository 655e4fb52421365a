package dev.thaw.launcher.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Several servers as one, as a client with a retry sees them: what one does not answer is asked of
 * the next. Thread-safe.
 */
final class Replicas {
  private final HttpCalls http;
  private final List<URI> servers;

  Replicas(HttpCalls http, List<URI> servers) {
    this.http = http;
    this.servers = List.copyOf(servers);
  }

  int number() {
    return servers.size();
  }

  /**
   * @param replica who answered
   * @param tries how many were asked
   */
  record Answered(int replica, int tries, HttpCalls.Answer answer) {}

  /** Empty if none of them answered but with a fault of its own (5xx) or that it is busy (429). */
  Optional<Answered> post(int first, String path, String type, String body, Duration patience) {
    return ask(first, server -> http.post(server.resolve(path), type, body, patience));
  }

  /** Likewise. */
  Optional<Answered> delete(int first, String path, Duration patience) {
    return ask(first, server -> http.delete(server.resolve(path), patience));
  }

  private interface Call {
    HttpCalls.Answer of(URI server) throws IOException;
  }

  private Optional<Answered> ask(int first, Call call) {
    for (int i = 0; i < servers.size(); i++) {
      int replica = (first + i) % servers.size();
      try {
        HttpCalls.Answer answer = call.of(servers.get(replica));
        if (answer.status() < 500 && answer.status() != 429) {
          return Optional.of(new Answered(replica, i + 1, answer));
        }
      } catch (IOException e) {
        // the next one is asked
      }
    }
    return Optional.empty();
  }

  /** Whether each says that it is ready and that nothing waits in its journal. */
  boolean areReady() {
    for (URI each : servers) {
      try {
        HttpCalls.Answer answer = http.get(each.resolve("/readyz"), Duration.ofSeconds(2));
        if (!answer.isOk() || backlog(answer) > 0) {
          return false;
        }
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  private static long backlog(HttpCalls.Answer answer) throws IOException {
    JsonNode bytes = answer.json().findPath("event_log_backlog_bytes");
    if (!bytes.canConvertToLong()) {
      throw new IllegalStateException("/readyz says nothing of a backlog: " + answer.body());
    }
    return bytes.asLong();
  }

  /** What one says at {@code /metrics}; empty while it does not answer. */
  Optional<String> metrics(int replica) {
    try {
      HttpCalls.Answer answer =
          http.get(servers.get(replica).resolve("/metrics"), Duration.ofSeconds(2));
      return answer.isOk() ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
