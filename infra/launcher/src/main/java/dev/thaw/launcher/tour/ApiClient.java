package dev.thaw.launcher.tour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Thaw's HTTP API as a caller sees it. Calls block. Thread-safe. */
public final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * @param base such as {@code http://127.0.0.1:8080}
   */
  public ApiClient(URI base) {
    this.base = base;
  }

  /** An explained answer. */
  JsonNode recommend(UserId user, DomainId domain, int k) {
    ObjectNode body = JSON.createObjectNode();
    body.put("user_id", user.value()).put("domain", domain.value()).put("k", k);
    body.put("explain", true);
    return post("/v1/recommendations", body.toString(), "application/json");
  }

  JsonNode similar(ItemId item, int k) {
    return get("/v1/items/" + encode(item.value()) + "/similar?k=" + k);
  }

  JsonNode onboarding(DomainId domain, int k) {
    return get("/v1/onboarding?domain=" + encode(domain.value()) + "&k=" + k);
  }

  JsonNode user(UserId user) {
    return get("/v1/users/" + encode(user.value()));
  }

  JsonNode postEvents(List<String> lines) {
    return post("/v1/events", String.join("\n", lines), "application/x-ndjson");
  }

  JsonNode postUser(String line) {
    return post("/v1/users", line, "application/json");
  }

  JsonNode postItem(String line) {
    return post("/v1/items", line, "application/json");
  }

  /** Whether the server says that it can answer. */
  public boolean isReady() {
    try {
      return send(HttpRequest.newBuilder(base.resolve("/readyz")).GET()).statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private JsonNode get(String path) {
    return checked(path, send(HttpRequest.newBuilder(base.resolve(path)).GET()));
  }

  private JsonNode post(String path, String body, String type) {
    return checked(
        path,
        send(
            HttpRequest.newBuilder(base.resolve(path))
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + base, e);
    }
  }

  private static JsonNode checked(String path, HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          path + " answered " + response.statusCode() + ": " + response.body());
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(path + " answered what is not JSON: " + response.body(), e);
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
