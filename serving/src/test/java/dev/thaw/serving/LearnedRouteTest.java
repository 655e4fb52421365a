package dev.thaw.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.routing.Method;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose artefact set says that fused lists ranked best from three known films on. */
@Timeout(90)
class LearnedRouteTest {
  @TempDir Path folder;
  private ServerFixture thaw;
  private TrainedModels models;

  @BeforeEach
  void start() throws InterruptedException {
    thaw = new ServerFixture(folder);
    thaw.films();
    models = TrainedModels.servingWithRouting(thaw, new ItemId("m27"), Method.FUSED, 3);
  }

  @AfterEach
  void stop() {
    thaw.close();
  }

  @Test
  void theLearnedMethodAnswersAndSaysWhy() {
    models.storeUser(thaw, "five", 0, 5);
    JsonNode answer = thaw.recommend("five", 5);
    assertThat(answer.at("/route/method").asText()).isEqualTo("fused");
    assertThat(answer.at("/route/reason").asText())
        .endsWith(
            "ranked 500 held-out users better than the configured order, by 0.0200 [0.0100,"
                + " 0.0300]");
    JsonNode item = answer.at("/items/1");
    assertThat(item.at("/source").asText()).isEqualTo("fused");
    assertThat(Integer.parseInt(item.at("/id").asText().substring(1)) % 3).isZero();
    assertThat(item.at("/explanation/text").asText())
        .startsWith("Liked by those who like what you like, and fits what you chose");
  }

  @Test
  void belowItsCellTheConfiguredOrderAnswers() {
    models.storeUser(thaw, "two", 0, 2);
    assertThat(thaw.recommend("two", 5).at("/route/method").asText()).isEqualTo("item-to-item");
  }
}
