package dev.thaw.serving.featureserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FeatureServerMainTest {
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void whatCanNotBeUsedIsRefusedInOneLine() throws IOException {
    Path config = config("feature_server: {prt: 1}");
    assertThat(run("--config", config.toString())).isEqualTo(1);
    assertOneLine("thaw.yaml:2", "feature_server.prt");
    config("");
    assertThat(run("--config", config.toString(), "--registry", "nowhere.db")).isEqualTo(1);
    assertOneLine("nowhere.db");
    assertThat(run("--config", config.toString(), "--port", "70000")).isEqualTo(1);
    assertOneLine("port must be in [0, 65535], was 70000");
    assertThat(run("--port", "1")).isEqualTo(2);
  }

  @Test
  void servesTheShippedFeaturesOfTheConfiguredStore() throws Exception {
    ThawConfig config = ThawConfig.load(config("feature_server: {port: 0}"), Map.of());
    try (OpenedFeatureServer opened = OpenedFeatureServer.of(config, config.featureServer())) {
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(opened.uri() + "/get-online-features"))
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"features\": [\"user_activity:events_1h\"],"
                                  + " \"entities\": {\"user_id\": [\"u\"]}}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(response.body()).contains("\"NOT_FOUND\"", "\"events_1h\"");
    }
    assertThat(folder.resolve("home/online_store.db")).exists();
  }

  private Path config(String line) throws IOException {
    return Files.writeString(folder.resolve("thaw.yaml"), "version: 1\n" + line + "\nhome: home\n");
  }

  private void assertOneLine(String... parts) {
    assertThat(err.toString()).startsWith("thaw-feature-server: ").contains(parts);
    assertThat(err.toString().lines()).hasSize(1);
    err.getBuffer().setLength(0);
  }

  private int run(String... arguments) {
    return FeatureServerMain.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }
}
