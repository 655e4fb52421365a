package dev.thaw.models.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.PlantedRatings;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtefactStoreTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Interactions DATA = PlantedRatings.of(60, 40, 0.3, 1);
  private static final FactorModel MODEL =
      FactorTrainers.implicitAls(
              new ImplicitAlsConfig(4, 1, 5, 3, 0.1),
              PlantedRatings.SCALE,
              1,
              TrainingProgress.SILENT)
          .fit(DATA, new Random(3));

  @TempDir Path folder;
  private ArtefactStore store;

  @BeforeEach
  void open() {
    store = ArtefactStore.open(folder);
  }

  private static Provenance provenance(long seed) {
    return new Provenance(
        "implicit-als",
        Map.of("rank", "4"),
        DATA.dataHash(),
        seed,
        "abc123",
        Map.of("ndcg@10", 0.25));
  }

  private ArtefactManifest published(long seed, Instant at) {
    ArtefactRef factors = store.write(ArtefactKind.FACTORS, MODEL, provenance(seed));
    ArtefactRef popular =
        store.write(ArtefactKind.POPULARITY, Popularity.of(DATA), provenance(seed));
    return store.publish(
        List.of(factors, popular),
        Map.of("factors.films", factors.version(), "content", "minilm-1"),
        at);
  }

  private Path object(ArtefactManifest set, String kind) {
    ArtefactRef ref =
        set.objects().stream().filter(each -> each.kind().equals(kind)).findFirst().orElseThrow();
    return folder.resolve("objects").resolve(kind).resolve(ref.scope()).resolve(ref.version());
  }

  @Test
  void loadedSetAnswersLikeWhatWasWritten() {
    ArtefactManifest manifest = published(1, NOW);
    store.activate(manifest.version());

    ArtefactSet set = ArtefactStore.open(folder).load(store.current().orElseThrow());

    FactorModel loaded = set.factors(PlantedRatings.DOMAIN).orElseThrow().model();
    for (int u = 0; u < DATA.users().size(); u++) {
      assertThat(loaded.foldIn(DATA.history(u))).isEqualTo(MODEL.foldIn(DATA.history(u)));
    }
    for (int i = 0; i < DATA.items().size(); i++) {
      assertThat(loaded.indexVector(i)).isEqualTo(MODEL.indexVector(i));
    }
    assertThat(set.popularity(PlantedRatings.DOMAIN).orElseThrow().model())
        .isEqualTo(Popularity.of(DATA));
    assertThat(set.factors(PlantedRatings.DOMAIN).orElseThrow().provenance())
        .isEqualTo(provenance(1));
    assertThat(set.indexVersion("content")).contains("minilm-1");
    assertThat(set.manifest()).isEqualTo(manifest);
    assertThat(set.factors(DomainId.of("other"))).isEmpty();
  }

  @Test
  void equalModelsAreOneObjectAndOtherProvenanceIsAnother() {
    ArtefactRef first = store.write(ArtefactKind.FACTORS, MODEL, provenance(1));
    assertThat(store.write(ArtefactKind.FACTORS, MODEL, provenance(1))).isEqualTo(first);
    ArtefactRef other = store.write(ArtefactKind.FACTORS, MODEL, provenance(2));
    assertThat(other.version()).isNotEqualTo(first.version());
    assertThat(other.sha256()).isEqualTo(first.sha256());
  }

  @Test
  void laterSetsHaveLargerVersions() {
    String first = published(1, NOW).version();
    String second = published(2, NOW.plusMillis(1)).version();
    assertThat(second).isGreaterThan(first);
    assertThat(store.sets()).containsExactly(first, second);
    assertThat(store.current()).isEmpty();
  }

  /** Ways in which files end up broken. */
  enum Damage {
    MISSING,
    EMPTY,
    HALF_WRITTEN,
    ONE_BIT,
    LONGER,
    OTHER_CONTENT;

    void to(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      switch (this) {
        case MISSING -> Files.delete(file);
        case EMPTY -> Files.write(file, new byte[0]);
        case HALF_WRITTEN -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        case ONE_BIT -> {
          bytes[bytes.length / 3] ^= 1;
          Files.write(file, bytes);
        }
        case LONGER -> Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        case OTHER_CONTENT -> Files.writeString(file, "{}");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void damagedModelIsRefusedAndTheLastGoodSetStays(Damage damage) throws IOException {
    refusedAfter(damage, "model.bin");
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void damagedProvenanceIsRefusedAndTheLastGoodSetStays(Damage damage) throws IOException {
    refusedAfter(damage, "provenance.json");
  }

  private void refusedAfter(Damage damage, String name) throws IOException {
    ArtefactManifest good = published(1, NOW);
    store.activate(good.version());
    ArtefactManifest bad = published(2, NOW.plusSeconds(60));
    Path file = object(bad, "factors").resolve(name);
    damage.to(file);

    assertThatThrownBy(() -> store.load(bad.version()))
        .isInstanceOf(ArtefactException.class)
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> store.activate(bad.version()))
        .isInstanceOf(ArtefactException.class)
        .hasMessageContaining(file.toString());
    assertThat(store.current()).contains(good.version());
    assertThat(store.load(good.version()).factors(PlantedRatings.DOMAIN)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void damagedManifestIsRefused(Damage damage) throws IOException {
    ArtefactManifest set = published(1, NOW);
    Path file = folder.resolve("sets").resolve(set.version() + ".json");
    damage.to(file);
    if (damage == Damage.LONGER) {
      assertThatThrownBy(() -> store.load(set.version())).hasMessageContaining(file.toString());
    } else {
      assertThatThrownBy(() -> store.load(set.version())).isInstanceOf(ArtefactException.class);
    }
  }

  @Test
  void writingAgainRepairsADamagedObject() throws IOException {
    ArtefactManifest set = published(1, NOW);
    Damage.HALF_WRITTEN.to(object(set, "factors").resolve("model.bin"));
    published(1, NOW);
    assertThat(store.load(set.version()).factors(PlantedRatings.DOMAIN)).isPresent();
  }

  @Test
  void objectThatStoppedHalfWayIsNotThereAtAll() throws IOException {
    ArtefactRef ref = store.write(ArtefactKind.FACTORS, MODEL, provenance(1));
    Path scope = folder.resolve("objects/factors/films");
    Path unfinished = Files.createDirectory(scope.resolve(".unfinished-1"));
    Files.write(unfinished.resolve("model.bin"), new byte[] {1});
    ArtefactManifest set = store.publish(List.of(ref), Map.of(), NOW);
    assertThat(store.load(set.version()).manifest().objects()).containsExactly(ref);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../../etc", "a b", "none-such"})
  void currentThatNamesNoSetIsRefused(String name) throws IOException {
    Files.writeString(folder.resolve("current"), name + "\n");
    assertThatThrownBy(() -> store.load(store.current().orElseThrow()))
        .isInstanceOf(ArtefactException.class);
  }

  @Test
  void setOfDamagedOrUnknownObjectsIsNotPublished() throws IOException {
    ArtefactRef ref = store.write(ArtefactKind.FACTORS, MODEL, provenance(1));
    assertThatThrownBy(() -> store.publish(List.of(ref, ref), Map.of(), NOW))
        .hasMessageContaining("one of factors/films");
    ArtefactRef unknown = new ArtefactRef("horoscope", "films", "1", "2");
    assertThatThrownBy(() -> store.publish(List.of(unknown), Map.of(), NOW))
        .hasMessageContaining("was \"horoscope\"");
    ArtefactRef outside = new ArtefactRef("factors", "../x", "1", "2");
    assertThatThrownBy(() -> store.publish(List.of(outside), Map.of(), NOW))
        .hasMessageContaining("no file name");
    Damage.ONE_BIT.to(folder.resolve("objects/factors/films/" + ref.version() + "/model.bin"));
    assertThatThrownBy(() -> store.publish(List.of(ref), Map.of(), NOW))
        .hasMessageContaining("must have SHA-256 " + ref.sha256());
    assertThat(store.sets()).isEmpty();
  }

  @Test
  void garbageGoesAfterTheGracePeriodAndTheCurrentSetNever() throws IOException {
    ArtefactManifest old = published(1, NOW);
    ArtefactManifest current = published(2, NOW.plusSeconds(60));
    ArtefactManifest young = published(3, NOW.plusSeconds(7_200));
    store.activate(current.version());
    age(NOW);

    assertThat(store.collectGarbage(NOW.plusSeconds(30), Duration.ofHours(1))).isEmpty();
    List<String> deleted = store.collectGarbage(NOW.plusSeconds(7_300), Duration.ofHours(1));

    assertThat(deleted).hasSize(3).first().isEqualTo("sets/" + old.version() + ".json");
    assertThat(object(old, "factors")).doesNotExist();
    assertThat(store.sets()).containsExactly(current.version(), young.version());
    assertThat(store.load(current.version()).factors(PlantedRatings.DOMAIN)).isPresent();
    assertThat(store.load(young.version()).factors(PlantedRatings.DOMAIN)).isPresent();
  }

  private void age(Instant to) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path each : walk.toList()) {
        Files.setLastModifiedTime(each, FileTime.from(to));
      }
    }
  }

  @Test
  void anArtefactOfAKindThatALaterVersionBroughtIsLeftOut() throws IOException {
    ArtefactManifest set = published(1, NOW);
    Path file = folder.resolve("sets").resolve(set.version() + ".json");
    String known = Files.readString(file);
    Files.writeString(file, known.replace("\"popularity\"", "\"from the future\""));
    ArtefactSet loaded = store.load(set.version());
    assertThat(loaded.factors(MODEL.domain())).isPresent();
    assertThat(loaded.popularity(MODEL.domain())).isEmpty();
  }

  /** A set from before projections were kernels: what it holds beside them serves on. */
  @Test
  void anArtefactOfAnEarlierFormIsLeftOut() {
    ArtefactKind<FactorModel> linear =
        new ArtefactKind<>(
            "projection",
            FactorModel.class,
            model -> ArtefactKind.scope(model.domain()),
            (model, out) -> out.writeText(model.domain().value()).writeCount(model.rank()),
            in -> MODEL);
    ArtefactRef factors = store.write(ArtefactKind.FACTORS, MODEL, provenance(1));
    ArtefactRef projection = store.write(linear, MODEL, provenance(1));
    ArtefactManifest set = store.publish(List.of(factors, projection), Map.of(), NOW);
    ArtefactSet loaded = store.load(set.version());
    assertThat(loaded.factors(MODEL.domain())).isPresent();
    assertThat(loaded.projection(MODEL.domain())).isEmpty();
  }

  @Test
  void domainsOfAnyNameHaveFileNamesOfTheirOwn() {
    assertThat(ArtefactKind.scope(DomainId.of("films-de"))).isEqualTo("films-de");
    assertThat(ArtefactKind.scope(DomainId.of("../a b"))).isEqualTo("%2E%2E%2Fa%20b");
    assertThat(ArtefactKind.scope(DomainId.of("ä"))).isEqualTo("%C3%A4");
    assertThat(ArtefactKind.pair(DomainId.of("a-b"), DomainId.of("c")))
        .isNotEqualTo(ArtefactKind.pair(DomainId.of("a"), DomainId.of("b-c")));
  }
}
