package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bridge.Bridge;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainers;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.history.History;
import dev.thaw.models.training.Trainer;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server with trained factors and content vectors: every stage, and sets that change. */
@Timeout(90)
class WarmUserTest {
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
  void aUserWithFiveInteractionsIsAnsweredByTheirOwnVector() {
    models.storeUser(thaw, "five", 0, 5);
    JsonNode answer = thaw.recommend("five", 4);
    assertThat(answer.at("/route/stage").asText()).isEqualTo("3-19");
    assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
    assertThat(answer.at("/model_version").asText()).isEqualTo(models.set.version());
    assertThat(answer.at("/degraded")).isEmpty();
    List<String> ranked = ids(answer).subList(1, 4);
    assertThat(ranked)
        .as("films of the category they like")
        .allSatisfy(id -> assertThat(categoriesOf(List.of(id))).containsOnly(0));
    JsonNode item = answer.at("/items/1");
    assertThat(item.at("/source").asText()).isEqualTo("factors");
    assertThat(item.at("/explanation/text").asText()).contains("nearest to \"Film");
  }

  @Test
  void anExplanationDoesNotCallLikedWhatTheUserRatedLow() {
    models.storeUser(thaw, "critic", 0, 5);
    List<History.Entry> low =
        TrainedModels.history(0, 5).entries().stream()
            .map(
                entry ->
                    entry.item().value().equals("m6")
                        ? entry
                        : new History.Entry(entry.item(), 1, entry.timeMillis()))
            .toList();
    EntityKey key = EntityKey.of("user_id", "critic", "domain", "movies");
    thaw.store.write("user_history", List.of(new History(5, low).row(key, ServerFixture.NOW)));
    JsonNode answer = thaw.recommend("critic", 4);
    assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
    assertThat(answer.at("/items").findValuesAsText("nearest_liked_item"))
        .isNotEmpty()
        .containsOnly("m6");
  }

  @Test
  void theStoredVectorOfAnotherSpaceCountsAsMissingAndThePreviousOneIsUsed() {
    models.storeUser(thaw, "moved", 1, 5);
    EntityKey key = EntityKey.of("user_id", "moved", "domain", "movies");
    float[] vector = models.model.foldIn(TrainedModels.history(1, 5)).vector();
    thaw.write(
        "user_factors",
        key,
        Map.of(
            "vector", FeatureValue.Float32s.copyOf(9, 9, 9, 9),
            "space", new FeatureValue.Text("factors.movies@next"),
            "bias", new FeatureValue.Float64(0),
            "interactions", new FeatureValue.Int64(5),
            "previous_vector", FeatureValue.Float32s.copyOf(vector),
            "previous_space",
                new FeatureValue.Text(models.model.userSpace(models.ref.version()).key()),
            "previous_bias", new FeatureValue.Float64(0)));
    JsonNode answer = thaw.recommend("moved", 4);
    assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
    assertThat(categoriesOf(ids(answer).subList(1, 4))).containsOnly(1);
  }

  @Test
  void aHistoryWithoutAnyVectorYetIsFoldedInOnTheWay() {
    thaw.store.write("user_history", List.of(TrainedModels.row("fresh", 2, 6)));
    JsonNode answer = thaw.recommend("fresh", 4);
    assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
    assertThat(categoriesOf(ids(answer).subList(1, 4))).containsOnly(2);
  }

  @Test
  void theJobsVectorIsReadWhileItIsOfAllTheHistoryAndFoldedInAnewWhenItIsNot() {
    EntityKey key = EntityKey.of("user_id", "busy", "domain", "movies");
    models.storeUser(thaw, "busy", 0, 5);
    thaw.store.write("user_history", List.of(TrainedModels.row("busy", 1, 5)));
    assertThat(categoriesOf(ids(thaw.recommend("busy", 4)).subList(1, 4)))
        .as("what the job wrote, whatever the history is")
        .containsOnly(0);
    thaw.store.write(
        "user_history",
        List.of(TrainedModels.history(1, 6).row(key, ServerFixture.NOW.plusSeconds(1))));
    assertThat(categoriesOf(ids(thaw.recommend("busy", 4)).subList(1, 4)))
        .as("the history has gone on")
        .containsOnly(1);
  }

  @Test
  void aUserWhoIsWarmElsewhereNeedsABridgeThatPassedItsGate() {
    storeMapped("reader", 1);
    JsonNode answer = thaw.recommend("reader", 5);
    assertThat(answer.at("/route/stage").asText()).isEqualTo("0");
    assertThat(answer.at("/route/method").asText()).isEqualTo("popularity");
    assertThat(answer.at("/route/fallbacks/0").asText()).contains("cross-domain").contains("gate");
  }

  @Test
  void aMappedVectorCountsTogetherWithTheFirstLikes() throws InterruptedException {
    models = TrainedModels.servingWithBridge(thaw);
    storeMapped("reader", 1);
    JsonNode cold = thaw.recommend("reader", 5);
    assertThat(cold.at("/route/method").asText())
        .as("%s", cold.at("/route"))
        .isEqualTo("cross-domain");
    assertThat(categoriesOf(ids(cold).subList(2, 5))).containsOnly(1);
    JsonNode why = cold.at("/items/2/explanation/details");
    assertThat(why.at("/bridge_from").asText()).isEqualTo("books");
    assertThat(why.at("/bridge_ndcg@10").asDouble())
        .as("%s", why)
        .isGreaterThan(why.at("/fallback_ndcg@10").asDouble());
    assertThat(why.at("/bridge_p_value").asDouble()).isBetween(1e-9, 0.05);
    assertThat(why.at("/bridge_p_value_among_pairs").asDouble()).isBetween(1e-9, 0.05);
    assertThat(why.at("/bridge_pairs").asInt()).isEqualTo(1);

    models.storeUser(thaw, "reader", 0, 1);
    JsonNode warmer = thaw.recommend("reader", 12);
    assertThat(warmer.at("/route/method").asText()).isEqualTo("cross-domain");
    assertThat(warmer.at("/route/reason").asText())
        .contains("30 interactions there, with 1 interaction in the domain");
    assertThat(categoriesOf(ids(warmer).subList(2, 12))).containsOnly(0, 1).contains(0, 1);

    models.storeUser(thaw, "reader", 0, 5);
    JsonNode warm = thaw.recommend("reader", 12);
    assertThat(warm.at("/route/method").asText()).isEqualTo("factors");
    assertThat(warm.at("/route/reason").asText()).contains("and from books");
    assertThat(categoriesOf(ids(warm).subList(1, 12))).containsOnly(0, 1).contains(0, 1);
  }

  static Stream<Trainer<BridgeData, Bridge>> bridgesWithASpaceOfTheirOwn() {
    return Stream.of(
        BridgeTrainers.kernel(),
        BridgeTrainers.graph(new BiTgcfTrainer(8, 0.8, 0.05, 1e-5, 60)),
        BridgeTrainers.collective());
  }

  @ParameterizedTest
  @MethodSource("bridgesWithASpaceOfTheirOwn")
  void whoIsNewHereIsRankedInTheSpaceOfTheBridgeAsTheEvaluationRanks(
      Trainer<BridgeData, Bridge> bridge) throws InterruptedException {
    models = TrainedModels.servingWith(thaw, bridge);
    TrainedModels.Readers readers = Objects.requireNonNull(models.readers);
    storeMapped("reader", 1);
    storePlace("reader", 2, "");
    JsonNode answer = thaw.recommend("reader", 12);
    assertThat(answer.at("/route/method").asText()).isEqualTo("cross-domain");
    List<String> explored = ids(answer).subList(0, 2);
    Map<String, Float> scores = readers.scores(2);
    List<Float> best =
        scores.entrySet().stream()
            .filter(each -> !explored.contains(each.getKey()))
            .map(Map.Entry::getValue)
            .sorted(Comparator.reverseOrder())
            .limit(5)
            .toList();
    assertThat(ids(answer).subList(2, 7).stream().map(scores::get)).containsExactlyElementsOf(best);

    models.storeUser(thaw, "reader", 0, 1);
    JsonNode warmer = thaw.recommend("reader", 12);
    assertThat(warmer.at("/route/method").asText()).isEqualTo("cross-domain");
    assertThat(categoriesOf(ids(warmer).subList(2, 5)))
        .as("own likes are in the factor space, and so is what they are blended with")
        .doesNotContain(2);
  }

  @Test
  void aPlaceInTheSpaceOfAnotherBridgeIsNotRankedBy() throws InterruptedException {
    models = TrainedModels.servingWith(thaw, BridgeTrainers.kernel());
    storeMapped("reader", 1);
    storePlace("reader", 2, "next");
    assertThat(categoriesOf(ids(thaw.recommend("reader", 5)).subList(2, 5))).containsOnly(1);
  }

  /** A place in the ranking space of the bridge, of a reader of one category of books. */
  private void storePlace(String user, int category, String suffix) {
    TrainedModels.Readers readers = Objects.requireNonNull(models.readers);
    String space = readers.bridge().rankingSpace(readers.version()).orElseThrow().key();
    EntityKey key = EntityKey.of("user_id", user, "domain", "movies");
    Map<String, FeatureValue> features =
        new HashMap<>(
            thaw.store
                .read(List.of(new OnlineStore.Read("user_mapped", key)))
                .get(0)
                .orElseThrow()
                .features());
    features.put("ranking_vector", FeatureValue.Float32s.copyOf(readers.place(category)));
    features.put("ranking_space", new FeatureValue.Text(space + suffix));
    thaw.store.write(
        "user_mapped", List.of(new FeatureRow(key, features, ServerFixture.NOW.plusSeconds(1))));
  }

  /** A vector from books, of one who would like a category of films. */
  private void storeMapped(String user, int category) {
    thaw.write(
        "user_mapped",
        EntityKey.of("user_id", user, "domain", "movies"),
        Map.of(
            "vector",
                FeatureValue.Float32s.copyOf(
                    models.model.foldIn(TrainedModels.history(category, 5)).vector()),
            "space", new FeatureValue.Text(models.model.userSpace(models.ref.version()).key()),
            "bias", new FeatureValue.Float64(0),
            "source_domain", new FeatureValue.Text("books"),
            "source_interactions", new FeatureValue.Int64(30)));
  }

  @Test
  void aTasteOfAnotherContentSpaceCountsAsMissing() {
    storeTaste("turned", TrainedModels.CONTENT.key());
    assertThat(thaw.recommend("turned", 4).at("/route/method").asText()).isEqualTo("content");
    storeTaste("turned", "content@before");
    assertThat(thaw.recommend("turned", 4).at("/route/method").asText()).isEqualTo("popularity");
  }

  private void storeTaste(String user, String space) {
    thaw.write(
        "user_domain_activity",
        EntityKey.of("user_id", user, "domain", "movies"),
        Map.of(
            "taste",
            FeatureValue.Float32s.copyOf(0, 1, 0),
            "taste_space",
            new FeatureValue.Text(space)));
  }

  @Test
  void onboardingAnswersAreFoldedInLikeLikes() {
    answering("asked", "m2", "m5");
    JsonNode answer = thaw.recommend("asked", 6);
    assertThat(answer.at("/route/stage").asText()).isEqualTo("0");
    assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
    assertThat(answer.at("/route/reason").asText()).contains("from 2 onboarding answers");
    assertThat(ids(answer)).as("what the user told us of is known").doesNotContain("m2", "m5");
    assertThat(categoriesOf(ids(answer).subList(2, 6))).containsOnly(2);
  }

  @Test
  void onboardingAnswersAddToAShortHistory() {
    answering("asked", "m2", "m5", "m8", "m11");
    models.storeUser(thaw, "asked", 0, 1);
    JsonNode answer = thaw.recommend("asked", 6);
    assertThat(answer.at("/route/reason").asText())
        .contains("1 interaction in the domain and 4 onboarding answers");
    assertThat(categoriesOf(ids(answer).subList(2, 6))).contains(2);
  }

  @Test
  void answersAboutItemsThatTheFactorsDoNotKnowLeadToTheirContent() {
    VectorIndex content = thaw.indexes.active(TrainedModels.CONTENT.name()).orElseThrow();
    String[] fresh = {"fresh", "new", "recent"};
    for (String each : fresh) {
      expectOk(
          thaw.post(
              "/v1/items",
              "application/json",
              "{\"item_id\":\"%s\",\"domain\":\"movies\",\"title\":\"New\"}".formatted(each)));
      content.upsert(
          List.of(
              new IndexedItem(
                  ItemId.of(each),
                  TrainedModels.MOVIES,
                  true,
                  true,
                  Embedding.copyOf(TrainedModels.CONTENT, new float[] {0, 1, 0}))));
    }
    content.refresh();
    answering("curious", fresh);
    int before = thaw.indexTrouble.calls();
    JsonNode answer = thaw.recommend("curious", 6);
    assertThat(answer.at("/route/method").asText()).isEqualTo("content");
    assertThat(thaw.indexTrouble.calls() - before)
        .as("one read of the vectors of all answers and one search")
        .isEqualTo(2);
    assertThat(categoriesOf(ids(answer).subList(2, 6))).containsOnly(1);
  }

  private void answering(String user, String... liked) {
    long[] yes = new long[liked.length];
    java.util.Arrays.fill(yes, 1);
    thaw.write(
        "user_profile",
        EntityKey.of("user_id", user),
        Map.of(
            "attributes", new FeatureValue.Texts(List.of("age_band=25-34")),
            "onboarding_domains",
                new FeatureValue.Texts(java.util.Collections.nCopies(liked.length, "movies")),
            "onboarding_items", new FeatureValue.Texts(List.of(liked)),
            "onboarding_liked", FeatureValue.Int64s.copyOf(yes)));
  }

  @Test
  void oneLikeLeadsToItsNeighboursAtOnce() {
    expectOk(
        thaw.post("/v1/events", "application/json", ServerFixture.like("e1", "starter", "m4")));
    JsonNode answer = thaw.recommend("starter", 6);
    assertThat(answer.at("/route/stage").asText()).isEqualTo("1-2");
    assertThat(answer.at("/route/method").asText()).isEqualTo("content");
    assertThat(ids(answer)).doesNotContain("m4");
    assertThat(categoriesOf(ids(answer).subList(2, 6))).containsOnly(1);
  }

  @Test
  void oneBadRatingIsNoLikeAndDoesNotLeadToItsNeighbours() {
    String bad =
        ServerFixture.like("e1", "critic", "m4").replace("\"like\"", "\"rating\",\"value\":1");
    expectOk(thaw.post("/v1/events", "application/json", bad));
    JsonNode answer = thaw.recommend("critic", 6);
    assertThat(answer.at("/route/stage").asText()).isEqualTo("1-2");
    assertThat(answer.at("/route/method").asText()).isEqualTo("popularity");
    assertThat(ids(answer)).doesNotContain("m4");

    expectOk(thaw.post("/v1/events", "application/json", ServerFixture.like("e2", "critic", "m5")));
    answer = thaw.recommend("critic", 6);
    assertThat(answer.at("/route/method").asText()).isEqualTo("content");
    assertThat(categoriesOf(ids(answer).subList(2, 6))).containsOnly(2);
  }

  @Test
  void similarItemsAreThoseWithSimilarContent() {
    JsonNode similar = expectOk(thaw.get("/v1/items/m3/similar?k=5"));
    assertThat(similar.at("/source").asText()).isEqualTo("content");
    assertThat(categoriesOf(ids(similar))).containsOnly(0);
    assertThat(ids(similar)).doesNotContain("m3");
  }

  @Test
  void withoutTheIndexTheVectorStillRanksAndTheAnswerNamesWhatIsAway() {
    models.storeUser(thaw, "five", 0, 5);
    thaw.indexTrouble.breakDown();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      JsonNode answer = thaw.recommend("five", 4);
      assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
      assertThat(categoriesOf(ids(answer).subList(1, 4))).containsOnly(0);
      seen.add(answer.at("/degraded/0").asText());
    }
    assertThat(seen).startsWith("vector-index:error").endsWith("vector-index:open");
  }

  @Test
  void whereThereAreFewItemsAllAreScoredAndNoIndexIsAsked() throws InterruptedException {
    models.storeUser(thaw, "five", 0, 5);
    List<String> searched = ids(thaw.recommend("five", 20)).subList(1, 20);
    try (ServerFixture small =
        new ServerFixture(
            folder.resolve("small"),
            parts -> parts.with(parts.clocks(), parts.tuning().withScoredWhole(30)),
            UnaryOperator.identity())) {
      small.films();
      TrainedModels.serving(small).storeUser(small, "five", 0, 5);
      small.indexTrouble.breakDown();
      JsonNode answer = small.recommend("five", 20);
      assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
      assertThat(answer.at("/degraded")).isEmpty();
      assertThat(ids(answer).subList(1, 20)).isEqualTo(searched);

      expectOk(
          small.post(
              "/v1/items", "application/json", ServerFixture.film("m30", "Film 30", "Drama")));
      assertThat(small.recommend("five", 20).at("/degraded/0").asText())
          .as("one too many")
          .isEqualTo("vector-index:error");
    }
  }

  @Test
  void aSlowIndexIsGivenUpInsideTheDeadline() {
    models.storeUser(thaw, "five", 0, 5);
    thaw.indexTrouble.hang();
    long begun = System.nanoTime();
    JsonNode answer =
        thaw.recommend("{\"user_id\":\"five\",\"domain\":\"movies\",\"k\":4,\"deadline_ms\":1000}");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("the caller's deadline of 1 s counts, not the configured one")
        .isLessThan(ServerFixture.DEADLINE.dividedBy(2));
    assertThat(answer.at("/degraded").toString()).isEqualTo("[\"vector-index:timeout\"]");
    assertThat(answer.at("/route/method").asText()).isEqualTo("factors");
    assertThat(categoriesOf(ids(answer).subList(1, 4))).containsOnly(0);
  }

  @Test
  void anOldTasteIsLeftOutAndNamed() {
    thaw.store.write(
        "user_domain_activity",
        List.of(
            new FeatureRow(
                EntityKey.of("user_id", "sleeper", "domain", "movies"),
                Map.of(
                    "taste",
                    FeatureValue.Float32s.copyOf(0, 1, 0),
                    "taste_space",
                    new FeatureValue.Text(TrainedModels.CONTENT.key())),
                ServerFixture.NOW.minus(Duration.ofDays(91)))));
    JsonNode answer = thaw.recommend("sleeper", 5);
    assertThat(ids(answer)).hasSize(5);
    assertThat(answer.at("/route/method").asText()).isEqualTo("popularity");
    assertThat(answer.at("/degraded").toString()).isEqualTo("[\"features:stale\"]");
  }

  @Test
  void aRemovalReachesTheRowsAndEveryIndex() {
    models.storeUser(thaw, "leaver", 0, 5);
    EntityKey key = EntityKey.of("user_id", "leaver", "domain", "movies");
    List<OnlineStore.Read> rows =
        List.of(
            new OnlineStore.Read("user_history", key), new OnlineStore.Read("user_factors", key));
    assertThat(thaw.store.read(rows)).allMatch(Optional::isPresent);
    assertThat(thaw.delete("/v1/users/leaver").status().code()).isEqualTo(204);
    assertThat(thaw.store.read(rows)).allMatch(Optional::isEmpty);
    assertThat(thaw.recommend("leaver", 4).at("/route/stage").asText()).isEqualTo("0");

    ItemId item = ItemId.of("m4");
    List<VectorIndex> versions =
        List.of(
            thaw.indexes.active(TrainedModels.CONTENT.name()).orElseThrow(),
            thaw.indexes.find("factors.movies", models.ref.version()).orElseThrow());
    assertThat(versions).allMatch(index -> index.find(item).isPresent());
    assertThat(thaw.delete("/v1/items/m4").status().code()).isEqualTo(204);
    assertThat(versions).allMatch(index -> index.find(item).isEmpty());
  }

  @Test
  void withoutTheIndexContentFallsBackToPopularityWithTheReason() {
    expectOk(
        thaw.post("/v1/events", "application/json", ServerFixture.like("e1", "starter", "m4")));
    thaw.indexTrouble.breakDown();
    JsonNode answer = thaw.recommend("starter", 6);
    assertThat(answer.at("/route/method").asText()).isEqualTo("popularity");
    assertThat(answer.at("/route/fallbacks").toString()).contains("vector-index:error");
    assertThat(ids(answer)).hasSize(6);
  }

  private static Set<Integer> categoriesOf(List<String> ids) {
    Set<Integer> categories = new HashSet<>();
    ids.forEach(id -> categories.add(Integer.parseInt(id.substring(1)) % 3));
    return categories;
  }
}
