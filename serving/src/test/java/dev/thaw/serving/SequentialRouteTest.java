package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.MethodsConfig;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.history.History;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.sequential.DinConfig;
import dev.thaw.models.sequential.DinModel;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.ParameterLayout;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.SasrecModel;
import dev.thaw.models.sequential.SasrecShape;
import dev.thaw.models.sequential.SequentialModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Users who are answered by the order of their likes, where the configuration asks for that. */
@Timeout(90)
class SequentialRouteTest {
  private static final MethodsConfig METHODS =
      new MethodsConfig(
          Map.of("1-2", List.of("sequential"), "3-19", List.of("sequential", "factors")),
          "popular");

  @TempDir Path folder;
  private ServerFixture thaw;
  private TrainedModels models;

  @BeforeEach
  void start() {
    thaw = new ServerFixture(folder, METHODS);
    thaw.films();
  }

  @AfterEach
  void stop() {
    thaw.close();
  }

  /**
   * Foretells films of the category of the newest like, early ones first, as if trained on users
   * who stay with a category for a while.
   */
  private static SasrecModel sasrec() {
    LikedSequences data = films();
    SasrecConfig config = SasrecConfig.DEFAULT.withSize(3, 10, 1);
    SasrecShape shape = config.shape(data.items().size());
    ParameterLayout layout = shape.layout();
    float[] parameters = new float[layout.size()];
    int scale = layout.offset(shape.index(SasrecShape.Rest.FINAL_SCALE));
    Arrays.fill(parameters, scale, scale + 3, 1);
    for (int item = 0; item < shape.items(); item++) {
      int film = Integer.parseInt(data.items().get(item).value().substring(1));
      parameters[layout.offset(shape.index(SasrecShape.Rest.ITEMS)) + 3 * item + film % 3] = 2;
      parameters[layout.offset(shape.index(SasrecShape.Rest.ITEM_BIAS)) + item] = -0.01f * film;
    }
    return SasrecModel.of(data, config, parameters);
  }

  private static LikedSequences films() {
    return LikedSequences.of(
        TrainedModels.interactions(TrainedModels.MOVIES, "m"),
        TrainedModels.SCALE,
        new SplittableRandom(1));
  }

  /** Of random parameters: it is asked whether serving ranks as it does, not what it learned. */
  private static DinModel din() {
    LikedSequences data = films();
    DinConfig config = DinConfig.DEFAULT.withSize(4, 10, 4, 4);
    SplittableRandom random = new SplittableRandom(3);
    float[] parameters = new float[config.shape(data.items().size()).layout().size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    return DinModel.of(data, config, parameters);
  }

  static Stream<SequentialModel> models() {
    return Stream.of(sasrec(), din());
  }

  private void serve(SequentialModel model) throws InterruptedException {
    models = TrainedModels.servingWith(thaw, ArtefactKind.SEQUENTIAL, model);
  }

  private static List<String> ranked(JsonNode answer) {
    return StreamSupport.stream(answer.at("/items").spliterator(), false)
        .filter(item -> item.at("/source").asText().equals("sequential"))
        .map(item -> item.at("/id").asText())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void theAnswerIsInTheOrderThatTheModelGivesInEvaluation(SequentialModel model)
      throws InterruptedException {
    serve(model);
    models.storeUser(thaw, "five", 0, 5);
    JsonNode answer = thaw.recommend("five", 8);
    assertThat(answer.at("/route/method").asText()).isEqualTo("sequential");
    assertThat(answer.at("/route/reason").asText())
        .isEqualTo("liked next after the 5 newest liked items");
    assertThat(answer.at("/degraded")).isEmpty();

    History history = TrainedModels.history(0, 5);
    Set<ItemId> known = new HashSet<>();
    history.entries().forEach(entry -> known.add(entry.item()));
    float[] scores = new float[model.items().size()];
    model.score(history, scores);
    List<String> expected =
        Arrays.stream(TopItems.of(scores, 30, item -> !known.contains(model.items().get(item))))
            .mapToObj(item -> model.items().get(item).value())
            .toList();
    assertThat(ranked(answer))
        .as("without what the bandit drew and what diversity put off, of %s", expected)
        .hasSizeGreaterThan(3)
        .isSubsetOf(expected.subList(0, 12));
    assertThat(expected.indexOf(ranked(answer).get(0))).isLessThan(2);
    assertThat(answer.at("/items").findValuesAsText("text"))
        .anySatisfy(
            text -> assertThat(text).contains("Often liked next after what you liked last"));
  }

  @Test
  void whatWasLikedAMomentAgoIsTheNewestLike() throws InterruptedException {
    serve(sasrec());
    models.storeUser(thaw, "five", 0, 5);
    assertThat(Integer.parseInt(ranked(thaw.recommend("five", 8)).get(0).substring(1)) % 3)
        .isZero();
    expectOk(thaw.post("/v1/events", "application/json", ServerFixture.like("e1", "five", "m4")));
    JsonNode answer = thaw.recommend("five", 8);
    assertThat(answer.at("/route/reason").asText())
        .isEqualTo("liked next after the 6 newest liked items");
    assertThat(Integer.parseInt(ranked(answer).get(0).substring(1)) % 3).isEqualTo(1);
    expectOk(thaw.post("/v1/events", "application/json", ServerFixture.like("e2", "new", "m5")));
    assertThat(ranked(thaw.recommend("new", 5)))
        .as("who was not known at all before")
        .isNotEmpty()
        .first()
        .satisfies(id -> assertThat(Integer.parseInt(id.substring(1)) % 3).isEqualTo(2));
  }
}
