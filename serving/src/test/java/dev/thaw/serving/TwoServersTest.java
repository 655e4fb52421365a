package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.ids;
import static dev.thaw.serving.ServerFixture.like;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.serving.ingest.AcceptedItems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers with an index and a log each, over one store. */
@Timeout(60)
class TwoServersTest {
  @TempDir Path folder;
  private ServerFixture accepting;
  private ServerFixture other;

  @BeforeEach
  void start() {
    accepting = new ServerFixture(folder.resolve("one"));
    other =
        new ServerFixture(folder.resolve("two"), this::overTheSameStore, UnaryOperator.identity());
    accepting.films();
    other.films();
  }

  private ServerParts overTheSameStore(ServerParts parts) {
    return new ServerParts(
        parts.config(),
        parts.domains(),
        parts.features(),
        accepting.store,
        accepting.recents,
        parts.indexes(),
        parts.models(),
        parts.log(),
        parts.feed(),
        parts.clocks(),
        parts.tuning(),
        parts.extension(),
        accepting.store);
  }

  @AfterEach
  void stop() {
    other.close();
    accepting.close();
  }

  @Test
  void whatOneAcceptedTheVeryNextAnswerOfTheOtherLeavesOut() {
    JsonNode report =
        expectOk(accepting.post("/v1/events", "application/json", like("e", "u", "m0")));
    assertThat(report.at("/degraded")).isEmpty();
    JsonNode answer = other.recommend("u", 29);
    assertThat(ids(answer)).hasSize(29).doesNotContain("m0");
    assertThat(answer.at("/route/stage").asText()).isEqualTo("1-2");
  }

  @Test
  void whatTheStoreDidNotTakeIsNamedAndReachesTheOtherWhenItIsBack() throws Exception {
    accepting.storeTrouble.breakDown();
    JsonNode report =
        expectOk(accepting.post("/v1/events", "application/json", like("e", "u", "m0")));
    assertThat(report.at("/accepted").asInt()).isEqualTo(1);
    assertThat(report.at("/degraded/0").asText()).isEqualTo("feature-store:error");
    assertThat(ids(other.recommend("u", 30))).contains("m0");

    accepting.storeTrouble.recover();
    while (ids(other.recommend("u", 30)).contains("m0")) {
      Thread.sleep(10);
    }
  }

  @Test
  void aUserWhoLeftThroughTheOtherIsForgottenHereSoonAfter() {
    expectOk(accepting.post("/v1/events", "application/json", like("e", "u", "m0")));
    assertThat(other.delete("/v1/users/u").status().code()).isEqualTo(204);
    accepting.ticker.advance(AcceptedItems.KEPT.minus(Duration.ofNanos(1)));
    assertThat(ids(accepting.recommend("u", 30))).doesNotContain("m0");
    accepting.ticker.advance(Duration.ofNanos(1));
    JsonNode answer = accepting.recommend("u", 30);
    assertThat(ids(answer)).hasSize(30).contains("m0");
    assertThat(answer.at("/route/stage").asText()).isEqualTo("0");
  }
}
