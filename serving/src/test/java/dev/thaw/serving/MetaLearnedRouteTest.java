package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.MethodsConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.history.History;
import dev.thaw.models.meta.AdaptedLayers;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.AdaptedRanking;
import dev.thaw.models.meta.EvidenceCandidates;
import dev.thaw.models.meta.InnerLoop;
import dev.thaw.models.meta.MetaModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users who are answered by layers adapted to them, where the configuration asks for that. */
@Timeout(90)
class MetaLearnedRouteTest {
  private static final MethodsConfig METHODS =
      new MethodsConfig(Map.of("3-19", List.of(MethodsConfig.META_LEARNED, "factors")), "evidence");

  private static final MetaModel MODEL = TrainedModels.metaLearned();

  @TempDir Path folder;
  private ServerFixture thaw;

  @BeforeEach
  void start() throws InterruptedException {
    thaw = new ServerFixture(folder, METHODS);
    thaw.films();
    TrainedModels.servingMetaLearned(thaw, MODEL);
  }

  @AfterEach
  void stop() {
    thaw.close();
  }

  /** Likes two films of the first category and none of the others. */
  private static History history() {
    return new History(
        4,
        List.of(
            new History.Entry(ItemId.of("m0"), 5, 4_000),
            new History.Entry(ItemId.of("m1"), 2, 3_000),
            new History.Entry(ItemId.of("m3"), 5, 2_000),
            new History.Entry(ItemId.of("m5"), 2, 1_000)));
  }

  private void store(String user, AdaptedLayers layers) {
    EntityKey key = EntityKey.of("user_id", user, "domain", "movies");
    thaw.store.write(
        "user_history", List.of(history().row(key, ServerFixture.NOW.minusSeconds(5))));
    Map<String, FeatureValue> features = new HashMap<>(layers.features());
    features.put("interactions", new FeatureValue.Int64(history().interactions()));
    thaw.write("user_adapted", key, features);
  }

  private static List<String> fallbacks(JsonNode answer) {
    return StreamSupport.stream(answer.at("/route/fallbacks").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  @Test
  void popularItemsComeInTheOrderOfTheRatingsThatTheLayersPredict() {
    AdaptedLayers layers = MODEL.adapt(null, history());
    store("four", layers);
    JsonNode answer = thaw.recommend("four", 10);
    assertThat(answer.at("/route/method").asText()).isEqualTo("meta-learned");
    assertThat(answer.at("/route/reason").asText())
        .isEqualTo("meta-learned model adapted to 4 interactions");
    assertThat(answer.at("/degraded")).isEmpty();

    List<ItemId> known = history().entries().stream().map(History.Entry::item).toList();
    List<String> expected =
        new AdaptedRanking(MODEL)
                .rank(
                    layers,
                    IntStream.range(0, 30)
                        .mapToObj(i -> ItemId.of("m" + i))
                        .filter(item -> !known.contains(item))
                        .iterator(),
                    30)
                .stream()
                .map(each -> each.item().value())
                .toList();
    assertThat(expected.subList(0, 9).stream().filter(id -> category(id) == 0).count())
        .as("of the category that the user likes, of whose ten films eight are left: %s", expected)
        .isGreaterThanOrEqualTo(6);
    List<String> ranked =
        StreamSupport.stream(answer.at("/items").spliterator(), false)
            .filter(item -> item.at("/source").asText().equals("meta-learned"))
            .map(item -> item.at("/id").asText())
            .toList();
    assertThat(ranked)
        .as("without what the bandit drew and what diversity put off, of %s", expected)
        .hasSizeGreaterThan(5)
        .isSubsetOf(expected.subList(0, 13));
    assertThat(expected.indexOf(ranked.get(0))).isLessThan(2);
    assertThat(answer.at("/items").findValuesAsText("text"))
        .anySatisfy(text -> assertThat(text).contains("by your few ratings"));
  }

  @Test
  void layersOfAnotherModelAreRefusedCountedAndExplained() throws InterruptedException {
    store("four", MODEL.adapt(null, history()));
    MetaModel next = MODEL.withInner(new InnerLoop(AdaptedPart.LATER, 1, 0.1));
    TrainedModels.servingMetaLearned(thaw, next);
    JsonNode answer = thaw.recommend("four", 5);
    assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
    assertThat(fallbacks(answer))
        .containsExactly(
            "meta-learned: layers of model "
                + MODEL.version()
                + ", but "
                + next.version()
                + " serves");
    assertThat(answer.at("/degraded").get(0).asText()).isEqualTo("meta-layers:version");
    assertThat(thaw.get("/metrics").contentUtf8())
        .containsPattern("thaw_recommendations_degraded_total\\{what=\"meta-layers:version\"} 1");
    store("four", next.adapt(null, history()));
    assertThat(thaw.recommend("four", 5).at("/route/method").asText()).isEqualTo("meta-learned");
  }

  @Test
  void whoHasNoLayersIsAnsweredByTheNextMethodAndDamagedOnesCostNoAnswer() {
    EntityKey key = EntityKey.of("user_id", "four", "domain", "movies");
    thaw.store.write(
        "user_history", List.of(history().row(key, ServerFixture.NOW.minusSeconds(5))));
    JsonNode answer = thaw.recommend("four", 5);
    assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
    assertThat(fallbacks(answer))
        .containsExactly("meta-learned: no meta-learned model was adapted to this user");
    assertThat(answer.at("/degraded")).isEmpty();

    thaw.write("user_adapted", key, Map.of("meta_version", new FeatureValue.Text(MODEL.version())));
    JsonNode damaged = thaw.recommend("four", 5);
    assertThat(damaged.at("/items")).hasSize(5);
    assertThat(damaged.at("/degraded").get(0).asText()).isEqualTo("meta-layers:malformed");
    assertThat(damaged.at("/route/method").asText())
        .as("what the other rows say is as good as before")
        .isEqualTo("factors");
    Map<String, FeatureValue> cut = new HashMap<>(MODEL.adapt(null, history()).features());
    cut.put("layers", FeatureValue.Float32s.copyOf(1, 2));
    thaw.write("user_adapted", key, cut);
    JsonNode ofWrongLength = thaw.recommend("four", 5);
    assertThat(ofWrongLength.at("/items")).hasSize(5);
    assertThat(ofWrongLength.at("/degraded").get(0).asText()).isEqualTo("meta-layers:malformed");
  }

  @Test
  void newUsersAreAskedAboutWhatTellsMost() {
    List<String> asked =
        expectOk(thaw.get("/v1/onboarding?domain=movies&k=6")).findValuesAsText("id");
    List<String> evidence =
        ArtefactStore.open(thaw.config.artefacts())
            .load(thaw.server.models().current().version())
            .evidence(TrainedModels.MOVIES)
            .orElseThrow()
            .model()
            .candidates()
            .stream()
            .map(EvidenceCandidates.Candidate::item)
            .map(ItemId::value)
            .toList();
    assertThat(asked).hasSize(6).isNotEqualTo(List.of("m0", "m1", "m2", "m3", "m4", "m5"));
    assertThat(asked.get(0)).isEqualTo(evidence.get(0));
    for (int category = 0; category < 3; category++) {
      int of = category;
      List<String> here = asked.stream().filter(id -> category(id) == of).toList();
      assertThat(here)
          .as("the first of each category, as there is a bound on each")
          .isNotEmpty()
          .isEqualTo(
              evidence.stream().filter(id -> category(id) == of).limit(here.size()).toList());
    }
  }

  private static int category(String film) {
    return Integer.parseInt(film.substring(1)) % 3;
  }

  @Test
  void aMethodOrStageThatThereIsNotIsRefusedWithAllThatThereAre() {
    Path elsewhere = folder.resolve("elsewhere");
    assertThatThrownBy(
            () ->
                new ServerFixture(
                    elsewhere, new MethodsConfig(Map.of("3-19", List.of("melu")), "popular")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item-to-item, factors, fused, meta-learned")
        .hasMessageContaining("was \"melu\"");
  }
}
