package dev.thaw.launcher.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of one server at a time. Thread-safe. */
final class HttpCalls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** What came back, whatever the status. */
  record Answer(int status, String body) {
    boolean isOk() {
      return status == 200;
    }

    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }
  }

  /**
   * @throws IOException if it can't be reached, breaks off, or takes longer than the patience
   */
  Answer get(URI uri, Duration patience) throws IOException {
    return send(HttpRequest.newBuilder(uri).GET(), patience);
  }

  /** Likewise. */
  Answer post(URI uri, String type, String body, Duration patience) throws IOException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        patience);
  }

  /** Likewise. */
  Answer delete(URI uri, Duration patience) throws IOException {
    return send(HttpRequest.newBuilder(uri).DELETE(), patience);
  }

  private Answer send(HttpRequest.Builder request, Duration patience) throws IOException {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for an answer", e);
    }
  }
}
