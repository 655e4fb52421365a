package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.methods.RankerParameters;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.UserSplit;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.entry.TrainingInputs;
import dev.thaw.flinkjobs.entry.TrainingJobs;
import dev.thaw.flinkjobs.training.SetPublication;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.factors.FactorModel;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is evaluated and what is served are the same model. */
class EvaluatedModelTest {
  private static final DomainId MOVIES = new DomainId("movies");
  private static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");

  @TempDir Path home;

  @Test
  void evaluationTrainsFactorsOfTheRankOfTheJobsArtefact() throws Exception {
    Path folder =
        new SmallFolder("movies", "books").users(60, "movies").write(home.resolve("data"));
    ThawConfig config = ThawConfig.embedded(home).withDomainsFile(folder.resolve("domains.yaml"));
    TrainingSettings settings = TrainingSettings.of(config, "run-1", 11, "rev-7");
    TrainingJobs.factors(settings, new TrainingInputs.OfFolder(folder, NOW))
        .build(config)
        .execute();
    ArtefactManifest set = SetPublication.in(config.artefacts()).publish("run-1", NOW);
    FactorModel served =
        ArtefactStore.open(config.artefacts())
            .load(set.version())
            .factors(MOVIES)
            .orElseThrow()
            .model();

    EvaluationData data = EvaluationData.read(folder, NOW, bad -> {});
    RankerParameters evaluated =
        RankerParameters.choose(UserSplit.DEFAULT.on(data, MOVIES), Extent.SERVED, 1, 0);
    assertThat(evaluated.served().als().rank()).isEqualTo(served.rank());
  }
}
