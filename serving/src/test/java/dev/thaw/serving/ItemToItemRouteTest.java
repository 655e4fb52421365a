package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.history.History;
import dev.thaw.models.itemtoitem.ItemToItemEnsembles;
import dev.thaw.models.ranking.TopItems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users who are answered by what is liked together. */
@Timeout(90)
class ItemToItemRouteTest {
  /** Of the first category; nobody had liked it when the item-to-item model was trained. */
  private static final ItemId UNLIKED = new ItemId("m27");

  @TempDir Path folder;
  private ServerFixture thaw;
  private TrainedModels models;

  @BeforeEach
  void start() throws InterruptedException {
    thaw = new ServerFixture(folder);
    thaw.films();
    models = TrainedModels.servingWithItemToItem(thaw, UNLIKED);
  }

  @AfterEach
  void stop() {
    thaw.close();
  }

  private static List<String> ranked(JsonNode answer, String source) {
    List<String> ranked = new java.util.ArrayList<>();
    answer
        .at("/items")
        .forEach(
            item -> {
              if (item.at("/source").asText().equals(source)) {
                ranked.add(item.at("/id").asText());
              }
            });
    return ranked;
  }

  @Test
  void theAnswerIsInTheOrderThatTheModelGivesInEvaluation() {
    models.storeUser(thaw, "five", 0, 5);
    JsonNode answer = thaw.recommend("five", 10);
    assertThat(answer.at("/route/method").asText()).isEqualTo("item-to-item");
    assertThat(answer.at("/route/reason").asText()).isEqualTo("liked together with 5 liked items");
    assertThat(answer.at("/degraded")).isEmpty();

    ItemToItemEnsembles model = TrainedModels.itemToItem(UNLIKED);
    History history = TrainedModels.history(0, 5);
    Set<ItemId> known = new HashSet<>();
    history.entries().forEach(entry -> known.add(entry.item()));
    float[] scores = new float[model.items().size()];
    model.score(history, scores);
    List<String> answered = ids(answer);
    List<String> expected =
        Arrays.stream(TopItems.of(scores, 30, item -> !known.contains(model.items().get(item))))
            .mapToObj(item -> model.items().get(item).value())
            .filter(id -> !id.equals(UNLIKED.value()))
            .toList();
    List<String> ranked = ranked(answer, "item-to-item");
    assertThat(ranked)
        .as("without what the bandit drew and what diversity put off: %s of %s", answered, expected)
        .hasSizeGreaterThan(5)
        .isSubsetOf(expected.subList(0, 12));
    assertThat(expected.indexOf(ranked.get(0))).isLessThan(2);
  }

  @Test
  void anItemThatNobodyHadLikedTakesThePlaceItsFactorsGiveIt() {
    models.storeUser(thaw, "five", 0, 5);
    JsonNode answer = thaw.recommend("five", 8);
    assertThat(ids(answer)).contains(UNLIKED.value());
    models.storeUser(thaw, "other", 1, 5);
    assertThat(ids(thaw.recommend("other", 5)))
        .as("of a category that this user does not like")
        .doesNotContain(UNLIKED.value());
  }

  /**
   * @param replies to the questions about the first two categories, as a row has them
   */
  private void answering(String user, long... replies) {
    List<String> items = List.of("m0", "m3", "m1", "m4").subList(0, replies.length);
    thaw.write(
        "user_profile",
        EntityKey.of("user_id", user),
        Map.of(
            "onboarding_domains",
            new FeatureValue.Texts(Collections.nCopies(replies.length, "movies")),
            "onboarding_items",
            new FeatureValue.Texts(items),
            "onboarding_liked",
            FeatureValue.Int64s.copyOf(replies)));
  }

  @Test
  void whoLikesNothingOfWhatWasAskedIsAnsweredByWhoAnswersAlike() {
    answering("picky", 0, -1, 0, -1);
    JsonNode answer = thaw.recommend("picky", 9);
    assertThat(answer.at("/route/method").asText()).isEqualTo("item-to-item");
    assertThat(answer.at("/route/reason").asText())
        .isEqualTo("liked by who answers alike: 4 onboarding answers, 0 liked items");
    assertThat(ids(answer)).as("a no is known").doesNotContain("m0", "m1");
    assertThat(ranked(answer, "item-to-item").subList(0, 4))
        .allSatisfy(id -> assertThat(Integer.parseInt(id.substring(1)) % 3).isEqualTo(2));
    assertThat(answer.at("/items").findValuesAsText("text"))
        .anySatisfy(text -> assertThat(text).contains("Liked by those who answered as you did"));
  }

  @Test
  void fewerQuestionsThanTheModelWantsAreLikesOrNothing() {
    answering("asked", 0, -1);
    assertThat(thaw.recommend("asked", 5).at("/route/method").asText()).isEqualTo("popularity");
    answering("liking", 1, -1);
    assertThat(thaw.recommend("liking", 5).at("/route/reason").asText())
        .isEqualTo("liked together with 1 liked item");
  }

  @Test
  void whatWasLikedAMomentAgoRanksTheNextAnswer() {
    expectOk(thaw.post("/v1/events", "application/json", ServerFixture.like("e1", "new", "m4")));
    JsonNode answer = thaw.recommend("new", 5);
    assertThat(answer.at("/route/stage").asText()).isEqualTo("1-2");
    assertThat(answer.at("/route/method").asText()).isEqualTo("item-to-item");
    assertThat(ranked(answer, "item-to-item"))
        .isNotEmpty()
        .allSatisfy(id -> assertThat(Integer.parseInt(id.substring(1)) % 3).isEqualTo(1));
    assertThat(answer.at("/items").findValuesAsText("text"))
        .anySatisfy(text -> assertThat(text).contains("Liked by those who like what you like"));
  }
}
