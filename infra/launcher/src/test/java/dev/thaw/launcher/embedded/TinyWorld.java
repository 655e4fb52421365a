package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A data folder of one item and a few purchases of one user, and how a test talks to a server. */
final class TinyWorld {
  private TinyWorld() {}

  static DataFolder folder(Path home, String... events) throws IOException {
    Path data = Files.createDirectories(home.resolve("data"));
    Files.copy(Path.of("../../feature-definitions/domains.yaml"), data.resolve("domains.yaml"));
    Files.writeString(
        data.resolve("items.jsonl"),
        "{\"item_id\":\"m1\",\"domain\":\"movies\",\"title\":\"Heat\"}\n");
    Files.write(data.resolve("events.jsonl"), List.of(events));
    return DataFolder.open(data);
  }

  /** An installation of the folder below the home, on a port of its own. */
  static ThawConfig config(Path home, DataFolder folder) {
    ThawConfig embedded = ThawConfig.embedded(home.resolve("thaw"));
    return embedded
        .withDomainsFile(folder.domains())
        .withServing(embedded.serving().withAddress("127.0.0.1", 0));
  }

  /** The user {@code u1} buys the item {@code m1}. */
  static String purchase(String id, String device, int value, String time) {
    return ("{\"event_id\":\"%s\",\"user_id\":\"u1\",\"item_id\":\"m1\",\"domain\":\"movies\","
            + "\"type\":\"purchase\",\"value\":%d,\"time\":\"%s\",\"context\":{\"device\":\"%s\"}}")
        .formatted(id, value, time, device);
  }

  static String get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).build());
  }

  static String post(URI uri, String json) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  static Installation.Witness nobody() {
    return new Installation.Witness() {
      @Override
      public void item(CatalogueItem item) {}

      @Override
      public void event(Event event) {}
    };
  }
}
