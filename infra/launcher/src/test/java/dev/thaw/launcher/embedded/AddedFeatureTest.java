package dev.thaw.launcher.embedded;

import static dev.thaw.launcher.embedded.TinyWorld.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
    DataFolder folder =
        TinyWorld.folder(
            home,
            purchase("long-ago", "phone", 4, "2026-02-20T00:00:00Z"),
            purchase("first", "phone", 10, "2026-03-04T00:00:00Z"),
            purchase("desk", "desktop", 20, "2026-03-04T10:00:00Z"),
            purchase("second", "phone", 1, "2026-03-05T10:00:00Z"));
    ThawConfig config = TinyWorld.config(home, folder).withFeaturesFile(features);
    try (Installation thaw = new Installation(config, Progress.silent())) {
      thaw.load(folder, END, TinyWorld.nobody());
      String user = TinyWorld.get(thaw.serve(() -> END).resolve("/v1/users/u1"));
      assertThat(user)
          .contains("\"phone_sales_7d\":2", "\"spend_30d\":35.0")
          .as("vectors are there before the events")
          .contains("\"taste_space\":\"content@");
    }
  }
}
