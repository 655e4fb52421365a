package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data team adds lines to {@code features.yaml} and nothing else. */
class AddedFeatureTest {
  private static final Path SHIPPED = Path.of("../../feature-definitions/features.yaml");
  private static final String BEFORE = "      - {name: spend_30d";
  private static final String ADDED =
      """
            - {name: phone_sales_7d, type: INT64, aggregate: count, types: [purchase], where: {context.device: phone}, window: 7d, description: Bought on a phone in the last week}
      """;
  private static final Instant END = Instant.parse("2026-03-05T12:00:00Z");

  @TempDir Path home;

  @Test
  void theJobComputesItTheStoreKeepsItAndTheServerShowsIt() throws Exception {
    Path features =
        Files.writeString(
            home.resolve("features.yaml"),
            Files.readString(SHIPPED).replace(BEFORE, ADDED + BEFORE));
    DataFolder folder = folder();
    ThawConfig embedded = ThawConfig.embedded(home.resolve("thaw"));
    ThawConfig config =
        embedded
            .withFeaturesFile(features)
            .withDomainsFile(folder.domains())
            .withServing(embedded.serving().withAddress("127.0.0.1", 0));
    try (Installation thaw = new Installation(config, Progress.silent())) {
      thaw.load(folder, END, new Nobody());
      String user = get(thaw.serve(() -> END).resolve("/v1/users/u1"));
      assertThat(user).contains("\"phone_sales_7d\":2", "\"spend_30d\":35.0");
    }
  }

  private DataFolder folder() throws IOException {
    Path data = Files.createDirectories(home.resolve("data"));
    Files.copy(Path.of("../../feature-definitions/domains.yaml"), data.resolve("domains.yaml"));
    Files.writeString(
        data.resolve("items.jsonl"),
        "{\"item_id\":\"m1\",\"domain\":\"movies\",\"title\":\"Heat\"}\n");
    Files.write(
        data.resolve("events.jsonl"),
        List.of(
            purchase("long-ago", "phone", 4, "2026-02-20T00:00:00Z"),
            purchase("first", "phone", 10, "2026-03-04T00:00:00Z"),
            purchase("desk", "desktop", 20, "2026-03-04T10:00:00Z"),
            purchase("second", "phone", 1, "2026-03-05T10:00:00Z")));
    return DataFolder.open(data);
  }

  private static String purchase(String id, String device, int value, String time) {
    return ("{\"event_id\":\"%s\",\"user_id\":\"u1\",\"item_id\":\"m1\",\"domain\":\"movies\","
            + "\"type\":\"purchase\",\"value\":%d,\"time\":\"%s\",\"context\":{\"device\":\"%s\"}}")
        .formatted(id, value, time, device);
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static final class Nobody implements Installation.Witness {
    @Override
    public void item(CatalogueItem item) {}

    @Override
    public void event(Event event) {}
  }
}
