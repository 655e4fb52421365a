package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.models.artefact.ArtefactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Artefact sets that come, go and are damaged while the server answers. */
@Timeout(60)
class ArtefactSwapTest {
  @TempDir Path folder;
  private ServerFixture thaw;
  private TrainedModels models;

  @BeforeEach
  void start() throws InterruptedException {
    thaw = new ServerFixture(folder);
    thaw.films();
    models = TrainedModels.serving(thaw);
  }

  @AfterEach
  void stop() {
    thaw.close();
  }

  @Test
  void aNewSetIsSwappedInUnderLoadWithoutASingleMixedOrFailedAnswer() throws Exception {
    models.storeUser(thaw, "five", 0, 5);
    Map<String, Integer> categoryBySet = new ConcurrentHashMap<>();
    categoryBySet.put(models.set.version(), 0);
    CompletableFuture<String> last = new CompletableFuture<>();
    List<CompletableFuture<Set<String>>> load = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      load.add(
          CompletableFuture.supplyAsync(
              () -> {
                Set<String> versions = new HashSet<>();
                while (!last.isDone() || !versions.contains(last.join())) {
                  JsonNode answer = thaw.recommend("five", 4);
                  assertThat(answer.at("/degraded")).isEmpty();
                  assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
                  String version = answer.at("/model_version").asText();
                  // the first of the four is drawn by the bandit
                  assertThat(ids(answer).subList(1, 4))
                      .as("what set %s ranks first", version)
                      .allMatch(id -> number(id) % 3 == categoryBySet.get(version));
                  versions.add(version);
                }
                return versions;
              }));
    }
    TrainedModels next = TrainedModels.publishWithTastesMoved(thaw, 5, 2);
    categoryBySet.put(next.set.version(), 1);
    next.activate(thaw);
    last.complete(next.set.version());
    Set<String> seen = new HashSet<>();
    for (CompletableFuture<Set<String>> each : load) {
      seen.addAll(each.join());
    }
    assertThat(seen).containsExactlyInAnyOrder(models.set.version(), next.set.version());
  }

  @Test
  void contentThatComesAfterASetIsTakenUpByASetThatNamesNone() throws Exception {
    ServerFixture late = new ServerFixture(folder.resolve("late"));
    try {
      late.films();
      TrainedModels first = TrainedModels.publish(late, 4, 1);
      first.activate(late);
      first.await(late);
      assertThat(expectOk(late.get("/v1/items/m3/similar?k=5")).at("/source").asText())
          .isEqualTo("popularity");
      TrainedModels.encode(late);
      while (late.server.models().current().content() == null) {
        Thread.sleep(5);
      }
      assertThat(expectOk(late.get("/v1/items/m3/similar?k=5")).at("/source").asText())
          .isEqualTo("content");
      assertThat(late.server.models().current().version()).isEqualTo(first.set.version());
    } finally {
      late.close();
    }
  }

  @Test
  void aDamagedSetIsRefusedByNameAndTheLastGoodOneServesOn() throws Exception {
    models.storeUser(thaw, "five", 0, 5);
    TrainedModels next = TrainedModels.publish(thaw, 5, 3);
    damage(next);
    Path sets = thaw.config.artefacts().resolve("current");
    Files.writeString(sets, next.set.version() + "\n");
    JsonNode answer = awaitRefusal();
    assertThat(answer.at("/model_version").asText()).isEqualTo(models.set.version());
    assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
    assertThat(expectOk(thaw.get("/readyz")).at("/artefacts_refused").asBoolean()).isTrue();
    models.activate(thaw);
    while (!thaw.recommend("five", 4).at("/degraded").isEmpty()) {
      Thread.sleep(10);
    }
  }

  @Test
  void aSetWhoseIndexIsMissingOrOfAnotherDimensionIsRefused() throws Exception {
    ArtefactStore store = ArtefactStore.open(thaw.config.artefacts());
    String nowhere =
        store
            .publish(
                List.of(models.ref),
                Map.of("factors.movies", "nowhere"),
                ServerFixture.NOW.plusSeconds(100))
            .version();
    store.activate(nowhere);
    assertThat(awaitRefusal().at("/model_version").asText()).isEqualTo(models.set.version());
    TrainedModels other = TrainedModels.publish(thaw, 6, 4);
    String wrong =
        store
            .publish(
                List.of(models.ref),
                Map.of("factors.movies", other.ref.version()),
                ServerFixture.NOW.plusSeconds(200))
            .version();
    store.activate(wrong);
    Thread.sleep(100);
    assertThat(awaitRefusal().at("/model_version").asText()).isEqualTo(models.set.version());
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  private void damage(TrainedModels trained) throws IOException {
    try (Stream<Path> files = Files.walk(thaw.config.artefacts())) {
      Path payload =
          files
              .filter(file -> file.toString().contains(trained.ref.version()))
              .filter(file -> file.toString().endsWith(".bin"))
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(payload);
      bytes[bytes.length / 2] ^= 1;
      Files.write(payload, bytes);
    }
  }

  private JsonNode awaitRefusal() throws InterruptedException {
    while (true) {
      JsonNode answer = thaw.recommend("five", 4);
      if (answer.at("/degraded").toString().contains("artefacts:refused")) {
        return answer;
      }
      Thread.sleep(10);
    }
  }
}
