package dev.thaw.launcher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.entry.TrainFactorsMain;
import dev.thaw.flinkjobs.training.TrainingRun;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.factors.FactorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distributed training, submitted to the Flink cluster of {@code infra/local/up} as a platform
 * team would, beside the training in one process. Of a small generated world, or of the data folder
 * {@code -Dthaw.factors.data}, with the usual parameters then and {@code
 * -Dthaw.factors.parallelism}.
 */
@Timeout(900)
class DistributedFactorsIT {
  private static final String DATA = System.getProperty("thaw.factors.data");
  private static final int PARALLELISM = Integer.getInteger("thaw.factors.parallelism", 2);
  private static final String QUICK = ", train-factors.rank: \"8\", train-factors.sweeps: \"3\"";
  private static final String RUN = "run";
  private static final String SUBMIT =
      """
      exec "$FLINK_HOME/bin/flink" run -c dev.thaw.flinkjobs.entry.TrainFactorsMain "$THAW_HOME/flink/jobs.jar" "$@"
      """;

  @TempDir static Path folder;

  @Test
  void theClusterGivesTheFactorsOfOneProcess() throws Exception {
    StackCommands stack = StackCommands.ofRunningStack(folder);
    DataFolder data = data();
    Path distributed = config("distributed", data, true);
    Path whole = config("whole", data, false);

    assertThat(
            stack.run(
                "with",
                "bash",
                "-c",
                SUBMIT,
                "submit",
                "--config",
                distributed.toString(),
                "--run",
                RUN,
                "--data",
                data.path().toString()))
        .contains("Program execution finished");
    TrainFactorsMain.main(
        new String[] {
          "--config", whole.toString(), "--run", RUN, "--data", data.path().toString()
        });

    for (DomainDefinition domain : ThawConfig.load(whole, Map.of()).domains().all()) {
      var byCluster = model(distributed, ArtefactKind.FACTORS, domain.name());
      assertThat(byCluster.provenance().params())
          .containsEntry("distributed", "true")
          .containsEntry("parallelism", "" + PARALLELISM);
      equal(byCluster.model(), model(whole, ArtefactKind.FACTORS, domain.name()).model());
      assertThat(model(distributed, ArtefactKind.POPULARITY, domain.name()).model())
          .isEqualTo(model(whole, ArtefactKind.POPULARITY, domain.name()).model());
      assertThat(model(distributed, ArtefactKind.RATINGS, domain.name()).model().items())
          .isEqualTo(model(whole, ArtefactKind.RATINGS, domain.name()).model().items());
    }
  }

  private static DataFolder data() throws IOException {
    if (DATA != null) {
      return DataFolder.open(Path.of(DATA));
    }
    WorldConfig config =
        new WorldConfig(
            5, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(30), 250, 2, 2, 60, 30, 4);
    Path world = folder.resolve("world");
    try (DataFolderWriter writer = DataFolderWriter.open(world, false)) {
      World.generate(config).write(writer, config);
    }
    return DataFolder.open(world);
  }

  private static Path config(String name, DataFolder data, boolean distributed) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        version: 1
        home: %s
        domains: %s
        jobs: {parallelism: %d, parameters: {train-factors.distributed: "%b"%s}}
        """
            .formatted(
                name,
                data.domains().toAbsolutePath(),
                PARALLELISM,
                distributed,
                DATA == null ? QUICK : ""));
  }

  private static <M> ArtefactSet.Versioned<M> model(
      Path config, ArtefactKind<M> kind, DomainId domain) {
    Path artefacts = ThawConfig.load(config, Map.of()).artefacts();
    return ArtefactStore.open(artefacts)
        .read(
            kind,
            TrainingRun.open(artefacts, RUN)
                .find(kind, ArtefactKind.scope(domain))
                .orElseThrow(() -> new AssertionError(kind + " of " + domain + " was not made")));
  }

  private static void equal(FactorModel one, FactorModel other) {
    assertThat(one.items()).isEqualTo(other.items());
    assertThat(one.items().size()).isPositive();
    for (int i = 0; i < other.items().size(); i++) {
      assertThat(one.indexVector(i)).containsExactly(other.indexVector(i), within(1e-4f));
    }
  }
}
