package dev.thaw.launcher.embedded;

import static dev.thaw.launcher.embedded.TinyWorld.get;
import static dev.thaw.launcher.embedded.TinyWorld.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import dev.thaw.models.artefact.ArtefactStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code thaw train} and {@code thaw serve} do beside a broker of its own. */
@Timeout(200)
class SeparatePartsTest {
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorldConfig WORLD =
      new WorldConfig(5, END, Duration.ofDays(30), 250, 2, 2, 60, 30, 4);

  @TempDir Path home;

  @Test
  void aTrainingAndAServerGoOnFromWhatTheJobsLeft() throws Exception {
    try (DataFolderWriter writer = DataFolderWriter.open(home.resolve("world"), false)) {
      World.generate(WORLD).write(writer, WORLD);
    }
    DataFolder folder = DataFolder.open(home.resolve("world"));
    ThawConfig embedded = TinyWorld.config(home, folder);
    assertThatThrownBy(() -> Installation.trainAlone(embedded, () -> END, Progress.silent()))
        .hasMessageContaining("bootstrap_servers");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), 0)) {
      ThawConfig config =
          embedded
              .withKafka(embedded.kafka().withBootstrapServers(kafka.bootstrapServers()))
              .withJobs(embedded.jobs().withCheckpointInterval(Duration.ofMillis(500)));
      try (Installation jobs = new Installation(config, Progress.silent())) {
        jobs.load(folder, END, TinyWorld.nobody());
      }
      Installation.trainAlone(config, () -> END, Progress.silent());
      String version = ArtefactStore.open(config.artefacts()).current().orElseThrow();
      Installation.Served served = Installation.serveAlone(config, () -> END);
      try (AutoCloseable parts = served.parts()) {
        assertThat(get(served.uri().resolve("/readyz"))).contains(version);
        String answer =
            post(
                served.uri().resolve("/v1/recommendations"),
                "{\"user_id\":\"movies-only-0\",\"domain\":\"movies\",\"k\":5}");
        assertThat(answer).contains("\"model_version\":\"" + version).contains("\"degraded\":[]");
      }
    }
  }
}
