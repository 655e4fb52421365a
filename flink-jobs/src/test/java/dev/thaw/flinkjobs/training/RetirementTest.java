package dev.thaw.flinkjobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.TestModels;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetirementTest {
  private static final Duration GRACE = Duration.ofHours(1);
  private static final String SPACE = "factors.movies";

  @TempDir Path folder;
  private Path artefacts;
  private VectorIndexes indexes;
  private SetPublication publication;

  @BeforeEach
  void open() {
    artefacts = folder.resolve("artefacts");
    indexes =
        VectorIndexFactory.open(new ThawConfig.Index("lucene", folder.resolve("i").toString()));
    publication = SetPublication.in(artefacts);
  }

  @AfterEach
  void close() {
    indexes.close();
  }

  /** A run that trains, builds its index version and is published. */
  private ArtefactManifest round(String name, long seed, Instant at) throws IOException {
    TestModels.Placed model =
        TestModels.train(ArtefactStore.open(artefacts), TestEvents.MOVIES, seed);
    TrainingRun run = TrainingRun.open(artefacts, name);
    VectorSpace space = model.placement().factors().indexSpace(model.version());
    run.recordIndex(space.name(), space.modelVersion());
    indexes.openOrCreate(space);
    String factors = model.version().substring(0, model.version().indexOf('-'));
    run.record(
        ArtefactStore.open(artefacts).find(ArtefactKind.FACTORS, "movies", factors).orElseThrow());
    ArtefactManifest set = publication.publish(name, at);
    publication.activate(set, indexes);
    age(at);
    return set;
  }

  /** Nothing was written after this. */
  private void age(Instant at) throws IOException {
    try (Stream<Path> all = Files.walk(artefacts)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, FileTime.from(at));
      }
    }
  }

  private List<String> versions() {
    return indexes.versions(SPACE).stream().map(VectorSpace::modelVersion).toList();
  }

  @Test
  void theReplacedVersionStaysForTheGracePeriodAndGoesAfterIt() throws IOException {
    ArtefactManifest old = round("run-1", 1, TestEvents.START);
    Instant later = TestEvents.at(Duration.ofHours(3));
    ArtefactManifest current = roundKeepingAges("run-2", 2, later);

    assertThat(publication.retire(indexes, TestEvents.at(Duration.ofMinutes(30)), GRACE)).isEmpty();
    assertThat(versions()).hasSize(2);

    List<String> removed = publication.retire(indexes, later, GRACE);
    assertThat(removed)
        .contains(
            "sets/" + old.version() + ".json",
            "index " + SPACE + "@" + old.indexes().get(SPACE),
            "runs/run-1");
    assertThat(versions()).containsExactly(current.indexes().get(SPACE));
    assertThat(ArtefactStore.open(artefacts).load(current.version()).factors(TestEvents.MOVIES))
        .isPresent();
    assertThat(publication.retire(indexes, later, GRACE)).as("a second round").isEmpty();
  }

  private ArtefactManifest roundKeepingAges(String name, long seed, Instant at) throws IOException {
    Map<Path, FileTime> before = new HashMap<>();
    try (Stream<Path> all = Files.walk(artefacts)) {
      for (Path each : all.toList()) {
        before.put(each, Files.getLastModifiedTime(each));
      }
    }
    ArtefactManifest set = round(name, seed, at);
    for (var each : before.entrySet()) {
      Files.setLastModifiedTime(each.getKey(), each.getValue());
    }
    return set;
  }

  @Test
  void whatServesIsKeptHoweverOldItIs() throws IOException {
    ArtefactManifest current = round("run-1", 1, TestEvents.START);
    publication.retire(indexes, TestEvents.at(Duration.ofDays(400)), GRACE);
    assertThat(versions()).containsExactly(current.indexes().get(SPACE));
    assertThat(ArtefactStore.open(artefacts).load(current.version())).isNotNull();
  }

  @Test
  void aVersionThatARunningTrainingBuildsIsKept() throws IOException {
    round("run-1", 1, TestEvents.START);
    Instant now = TestEvents.at(Duration.ofHours(3));
    TrainingRun running = TrainingRun.open(artefacts, "run-2");
    TestModels.Placed model = TestModels.train(ArtefactStore.open(artefacts), TestEvents.MOVIES, 2);
    running.recordIndex(SPACE, model.version());
    indexes.openOrCreate(model.placement().factors().indexSpace(model.version()));
    publication.retire(indexes, now, GRACE);
    assertThat(versions()).contains(model.version());
  }

  @Test
  void aVersionThatNoRunHasNamedIsSomebodyElses() throws IOException {
    round("run-1", 1, TestEvents.START);
    TestModels.Placed foreign =
        TestModels.train(ArtefactStore.open(folder.resolve("elsewhere")), TestEvents.MOVIES, 3);
    indexes.openOrCreate(foreign.placement().factors().indexSpace("by-hand"));
    publication.retire(indexes, TestEvents.at(Duration.ofDays(400)), GRACE);
    assertThat(versions()).contains("by-hand");
  }

  @Test
  void aDamagedSetIsNotActivatedAndTheOldOneStays() throws IOException {
    ArtefactManifest serving = round("run-1", 1, TestEvents.START);
    TestModels.train(ArtefactStore.open(artefacts), TestEvents.MOVIES, 2);
    ArtefactRef missing = new ArtefactRef("factors", "movies", "0123456789abcdef", "00");
    TrainingRun.open(artefacts, "run-2").record(missing);
    assertThatThrownBy(() -> publication.publish("run-2", TestEvents.START))
        .hasMessageContaining("0123456789abcdef");
    assertThat(ArtefactStore.open(artefacts).current()).contains(serving.version());
  }
}
