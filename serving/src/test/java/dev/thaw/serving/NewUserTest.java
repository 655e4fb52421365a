package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.ids;
import static dev.thaw.serving.ServerFixture.like;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a catalogue and popularity, before anything is trained. */
@Timeout(60)
class NewUserTest {
  @TempDir Path folder;
  private ServerFixture thaw;

  @BeforeEach
  void start() {
    thaw = new ServerFixture(folder);
    thaw.films();
  }

  @AfterEach
  void stop() {
    thaw.close();
  }

  @Test
  void gettingThePopularItemsWithTheRouteAndTheChances() {
    JsonNode answer = thaw.recommend("nobody", 10);
    assertThat(ids(answer)).hasSize(10).doesNotHaveDuplicates();
    assertThat(answer.at("/route/stage").asText()).isEqualTo("0");
    assertThat(answer.at("/route/method").asText()).isEqualTo("popularity");
    assertThat(answer.at("/route/reason").asText()).isNotBlank();
    assertThat(answer.at("/route/fallbacks")).isNotEmpty();
    assertThat(answer.at("/degraded")).isEmpty();
    assertThat(answer.at("/model_version").asText()).isEqualTo("none");
    for (JsonNode item : answer.at("/items")) {
      boolean drawn = item.at("/slot").asInt() < 2;
      assertThat(item.at("/source").asText()).isEqualTo(drawn ? "bandit" : "popularity");
      assertThat(item.at("/propensity").asDouble()).isGreaterThan(0).isLessThanOrEqualTo(1);
      assertThat(item.at("/explanation/text").asText()).contains("Popular in movies");
      if (!drawn) {
        assertThat(item.at("/propensity").asDouble()).isEqualTo(1);
      }
    }
  }

  @Test
  void theAnswerIsRecordedWithItsEligibleSetAndPropensities() throws Exception {
    JsonNode answer = thaw.recommend("nobody", 5);
    JsonNode impression = awaitImpression(answer.at("/request_id").asText());
    assertThat(impression.at("/user_id").asText()).isEqualTo("nobody");
    assertThat(impression.at("/stage").asText()).isEqualTo("0");
    assertThat(impression.at("/eligible")).hasSize(20);
    assertThat(impression.at("/slots")).hasSize(5);
    for (int slot = 0; slot < 5; slot++) {
      JsonNode shown = answer.at("/items/" + slot);
      JsonNode logged = impression.at("/slots/" + slot);
      assertThat(logged.at("/item_id").asText()).isEqualTo(shown.at("/id").asText());
      assertThat(logged.at("/propensity").asDouble()).isEqualTo(shown.at("/propensity").asDouble());
      if (slot < 2) {
        assertThat(texts(impression.at("/eligible"))).contains(shown.at("/id").asText());
      }
    }
  }

  @Test
  void aLikeIsLeftOutOfTheVeryNextAnswerAndChangesTheStage() {
    String body =
        IntStream.range(0, 3)
            .mapToObj(i -> like("e" + i, "fan", "m" + i))
            .collect(Collectors.joining("\n"));
    JsonNode report = expectOk(thaw.post("/v1/events", "application/x-ndjson", body));
    assertThat(report.at("/accepted").asInt()).isEqualTo(3);
    JsonNode answer = thaw.recommend("fan", 10);
    assertThat(ids(answer)).hasSize(10).doesNotContain("m0", "m1", "m2");
    assertThat(answer.at("/route/stage").asText()).isEqualTo("3-19");
  }

  @Test
  void aRepeatedPostGetsTheSameAnswerAndIsWrittenOnce() {
    String body = like("once", "fan", "m0");
    for (int i = 0; i < 3; i++) {
      JsonNode report = expectOk(thaw.post("/v1/events", "application/json", body));
      assertThat(report.at("/accepted").asInt()).isEqualTo(1);
      assertThat(report.at("/duplicates").asInt()).isEqualTo(i == 0 ? 0 : 1);
    }
    assertThat(thaw.delivered.of("thaw.events")).hasSize(1);
  }

  @Test
  void neverEmptyWhenTheOnlyItemHasJustBecomeAvailableAgain() {
    String only = ServerFixture.film("only", "Only", "Solo");
    expectOk(
        thaw.post(
            "/v1/items",
            "application/json",
            only.replace("\"available\":true", "\"available\":false")));
    thaw.server.refresh();
    String request = "{\"user_id\":\"u\",\"domain\":\"movies\",\"categories\":[\"Solo\"]}";
    assertThat(ids(thaw.recommend(request))).isEmpty();
    expectOk(thaw.post("/v1/items", "application/json", only));
    assertThat(ids(thaw.recommend(request))).containsExactly("only");
  }

  @Test
  void neverEmptyWhileAnEligibleItemExists() {
    String allButOne =
        IntStream.range(0, 29).mapToObj(i -> "\"m" + i + '"').collect(Collectors.joining(","));
    JsonNode answer =
        thaw.recommend("{\"user_id\":\"u\",\"domain\":\"movies\",\"exclude\":[" + allButOne + "]}");
    assertThat(ids(answer)).containsExactly("m29");
    String all = allButOne + ",\"m29\"";
    assertThat(
            ids(
                thaw.recommend(
                    "{\"user_id\":\"u\",\"domain\":\"movies\",\"exclude\":[" + all + "]}")))
        .isEmpty();
  }

  @Test
  void aJustPostedItemIsThereAtOnceAndAnUnavailableOneIsNot() {
    expectOk(thaw.post("/v1/items", "application/json", ServerFixture.film("new", "N", "Noir")));
    String noir = "{\"user_id\":\"u\",\"domain\":\"movies\",\"categories\":[\"Noir\"]}";
    assertThat(ids(thaw.recommend(noir))).containsExactly("new");
    expectOk(
        thaw.post(
            "/v1/items",
            "application/json",
            ServerFixture.film("new", "N", "Noir")
                .replace("\"available\":true", "\"available\":false")));
    assertThat(ids(thaw.recommend(noir))).isEmpty();
  }

  @Test
  void categoriesLimitTheAnswer() {
    JsonNode answer =
        thaw.recommend(
            "{\"user_id\":\"u\",\"domain\":\"movies\",\"categories\":[\"Drama\"],\"k\":20}");
    assertThat(ids(answer))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 10).mapToObj(i -> "m" + 3 * i).toList());
  }

  @Test
  void anItemWithoutAnyTextIsExplored() {
    expectOk(
        thaw.post(
            "/v1/items",
            "application/json",
            """
            {"item_id":"blank","domain":"movies","time":"2026-04-30T00:00:00Z"}"""));
    Set<String> first = new HashSet<>();
    for (int i = 0; i < 300 && !first.contains("blank"); i++) {
      first.addAll(ids(thaw.recommend("visitor" + i, 2)));
    }
    assertThat(first).contains("blank");
  }

  @Test
  void anAnonymousSessionGetsAnAnswerThatRemembersItsEvents() {
    expectOk(thaw.post("/v1/events", "application/json", like("s1", "session:abc", "m0")));
    JsonNode answer = thaw.recommend("{\"session_id\":\"abc\",\"domain\":\"movies\",\"k\":29}");
    assertThat(ids(answer)).hasSize(29).doesNotContain("m0");
  }

  @Test
  void whatIsKnownOfAUserAndTheRouteThatGives() {
    thaw.write(
        "user_profile",
        EntityKey.of("user_id", "u1"),
        Map.of(
            "attributes", new FeatureValue.Texts(List.of("age_band=25-34")),
            "onboarding_domains", new FeatureValue.Texts(List.of("movies", "movies", "movies")),
            "onboarding_items", new FeatureValue.Texts(List.of("m3", "m4", "m5")),
            "onboarding_liked", FeatureValue.Int64s.copyOf(1, 0, -1)));
    JsonNode known = expectOk(thaw.get("/v1/users/u1"));
    assertThat(known.at("/attributes/age_band").asText()).isEqualTo("25-34");
    assertThat(known.at("/onboarding").toString())
        .isEqualTo("{\"movies/m3\":true,\"movies/m4\":false}");
    assertThat(known.at("/onboarding_unknown").toString()).isEqualTo("[\"movies/m5\"]");
    assertThat(known.at("/routes/movies/stage").asText()).isEqualTo("0");
    assertThat(known.at("/routes/books/method").asText()).isEqualTo("popularity");
  }

  @Test
  void onboardingAsksAboutPopularAndDifferentItems() {
    JsonNode questions = expectOk(thaw.get("/v1/onboarding?domain=movies&k=6"));
    assertThat(ids(questions)).hasSize(6).doesNotHaveDuplicates();
    Set<String> categories = new HashSet<>();
    questions.at("/items").forEach(q -> categories.add(q.at("/categories/0").asText()));
    assertThat(categories).containsExactlyInAnyOrder("Drama", "Comedy", "Western");
  }

  @Test
  void aDeletedItemAndADeletedUserAreGoneEverywhere() {
    expectOk(thaw.post("/v1/events", "application/json", like("d1", "leaver", "m0")));
    assertThat(thaw.delete("/v1/users/leaver").status().code()).isEqualTo(204);
    assertThat(ids(thaw.recommend("leaver", 30))).contains("m0");
    assertThat(thaw.delete("/v1/items/m0").status().code()).isEqualTo(204);
    assertThat(ids(thaw.recommend("leaver", 30))).hasSize(29).doesNotContain("m0");
    assertThat(thaw.get("/v1/items/m0/similar").status().code()).isEqualTo(404);
    assertThat(thaw.delivered.records.stream().filter(r -> r.value() == null).map(r -> "" + r))
        .as("tombstones on compacted topics")
        .containsExactly(
            "thaw.users/leaver (tombstone)",
            "thaw.user-segments/leaver/movies (tombstone)",
            "thaw.user-segments/leaver/books (tombstone)",
            "thaw.items/m0 (tombstone)",
            "thaw.item-vectors/m0 (tombstone)",
            "thaw.item-flags/m0 (tombstone)");
    assertThat(thaw.delivered.of("thaw.events"))
        .filteredOn(each -> each.has("erase"))
        .as("what the jobs forget by")
        .extracting(each -> each.at("/erase").asText() + " " + each.at("/id").asText())
        .containsExactly("user leaver", "item m0");
  }

  private JsonNode awaitImpression(String requestId) throws InterruptedException {
    while (true) {
      for (JsonNode each : thaw.delivered.of("thaw.impressions")) {
        if (each.at("/request_id").asText().equals(requestId)) {
          return each;
        }
      }
      Thread.sleep(5);
    }
  }

  private static List<String> texts(JsonNode array) {
    return java.util.stream.StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
