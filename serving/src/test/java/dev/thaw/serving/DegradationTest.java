package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.ids;
import static dev.thaw.serving.ServerFixture.like;
import static dev.thaw.serving.ServerFixture.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dependencies that are down or slow: named, never an error, never empty. */
@Timeout(60)
class DegradationTest {
  @TempDir Path folder;
  private ServerFixture thaw;

  @BeforeEach
  void start() {
    thaw = new ServerFixture(folder, UnaryOperator.identity(), log -> log.withJournalBytes(20_000));
    thaw.films();
  }

  @AfterEach
  void stop() {
    thaw.close();
  }

  @Test
  void aBrokenStoreIsNamedThenItsBreakerOpensThenItClosesAgain() {
    assertThat(storeBreaker()).isEqualTo("closed");
    thaw.storeTrouble.breakDown();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      JsonNode answer = thaw.recommend("u", 5);
      assertThat(ids(answer)).hasSize(5);
      assertThat(answer.at("/route/method").asText()).isEqualTo("popularity");
      seen.add(answer.at("/degraded/0").asText());
    }
    assertThat(seen).startsWith("feature-store:error").endsWith("feature-store:open");
    assertThat(storeBreaker()).isEqualTo("open");
    thaw.storeTrouble.recover();
    assertThat(thaw.recommend("u", 5).at("/degraded/0").asText()).isEqualTo("feature-store:open");
    thaw.ticker.advance(ServerFixture.BREAKER.openFor().plusNanos(1));
    assertThat(thaw.recommend("u", 5).at("/degraded")).isEmpty();
    assertThat(storeBreaker()).isEqualTo("closed");
  }

  /** The state of the feature store's breaker, as {@code /metrics} has it. */
  private String storeBreaker() {
    Pattern state =
        Pattern.compile(
            "^resilience4j_circuitbreaker_state\\{name=\"feature-store\",state=\"(\\w+)\"} 1",
            Pattern.MULTILINE);
    return state
        .matcher(thaw.get("/metrics").contentUtf8())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.joining(","));
  }

  @Test
  void aSlowStoreIsGivenUpInsideTheDeadline() {
    thaw.storeTrouble.hang();
    long begun = System.nanoTime();
    JsonNode answer =
        thaw.recommend("{\"user_id\":\"u\",\"domain\":\"movies\",\"k\":5,\"deadline_ms\":50}");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("the caller's deadline of 50 ms counts, not the configured one")
        .isLessThan(ServerFixture.DEADLINE.dividedBy(2));
    assertThat(ids(answer)).hasSize(5);
    assertThat(answer.at("/degraded/0").asText()).isEqualTo("feature-store:timeout");
  }

  @Test
  void whatThisServerAcceptedIsLeftOutEvenWithoutTheStore() {
    expectOk(thaw.post("/v1/events", "application/json", like("e", "u", "m0")));
    thaw.storeTrouble.breakDown();
    assertThat(ids(thaw.recommend("u", 29))).hasSize(29).doesNotContain("m0");
  }

  @Test
  void withoutTheBrokerEventsAreJournalledAndDeliveredLater() throws Exception {
    thaw.delivered.away = true;
    JsonNode report = expectOk(thaw.post("/v1/events", "application/json", like("e", "u", "m0")));
    assertThat(report.at("/accepted").asInt()).isEqualTo(1);
    assertThat(thaw.delivered.of("thaw.events")).isEmpty();
    assertThat(expectOk(thaw.get("/readyz")).at("/event_log").asText()).isEqualTo("journal");
    thaw.delivered.away = false;
    while (thaw.delivered.of("thaw.events").isEmpty()) {
      Thread.sleep(10);
    }
    assertThat(thaw.delivered.of("thaw.events").get(0).at("/event_id").asText()).isEqualTo("e");
  }

  @Test
  void anAbsentBrokerIsNamedAndNoLongerWhenItIsBack() throws Exception {
    thaw.delivered.away = true;
    expectOk(thaw.post("/v1/events", "application/json", like("e", "u", "m0")));
    awaitDegraded("[\"event-log:journal\"]");
    thaw.delivered.away = false;
    awaitDegraded("[]");
  }

  private void awaitDegraded(String names) throws InterruptedException {
    JsonNode answer = thaw.recommend("u", 5);
    while (!answer.at("/degraded").toString().equals(names)) {
      Thread.sleep(10);
      answer = thaw.recommend("u", 5);
    }
    assertThat(ids(answer)).hasSize(5).doesNotContain("m0");
  }

  @Test
  void oldPopularityServesOnAndIsCalledStale() {
    thaw.ticker.advance(Duration.ofHours(5));
    assertThat(thaw.recommend("u", 5).at("/degraded")).isEmpty();
    thaw.ticker.advance(Duration.ofNanos(1));
    JsonNode answer = thaw.recommend("u", 5);
    assertThat(ids(answer)).hasSize(5);
    assertThat(answer.at("/degraded/0").asText()).isEqualTo("popularity:stale");
    thaw.server.refresh();
    assertThat(thaw.recommend("u", 5).at("/degraded")).isEmpty();
  }

  @Test
  void rowsThatCannotBeReadAreNamedAndCountAsAbsent() {
    thaw.write(
        "user_history",
        EntityKey.of("user_id", "odd", "domain", "movies"),
        Map.of("interactions", new FeatureValue.Int64(2)));
    JsonNode answer = thaw.recommend("odd", 5);
    assertThat(ids(answer)).hasSize(5);
    assertThat(answer.at("/degraded/0").asText()).isEqualTo("features:malformed");
    assertThat(expectOk(thaw.get("/v1/users/odd")).at("/degraded/0").asText())
        .isEqualTo("features:malformed");
  }

  @Test
  void aRemovalWithoutTheStoreIs503AndItsTombstoneIsWrittenAllTheSame() {
    thaw.storeTrouble.breakDown();
    AggregatedHttpResponse response = thaw.delete("/v1/users/leaver");
    assertThat(response.status().code()).isEqualTo(503);
    assertThat(response.headers().get("retry-after")).isEqualTo("1");
    assertThat(response.contentUtf8()).contains("store is away").contains("connection refused");
    assertThat(thaw.delivered.of("thaw.events"))
        .extracting(each -> each.at("/id").asText())
        .containsExactly("leaver");
    thaw.storeTrouble.recover();
    assertThat(thaw.delete("/v1/users/leaver").status().code()).isEqualTo(204);
  }

  @Test
  void aFullJournalRefusesWritesAndRecommendationsGoOn() {
    AggregatedHttpResponse refused = fillJournal();
    assertThat(refused.headers().get("retry-after")).isEqualTo("1");
    assertThat(tree(refused.content().array()).at("/error/message").asText())
        .contains("of at most 20000");
    JsonNode answer = thaw.recommend("u", 5);
    assertThat(ids(answer)).hasSize(5);
  }

  @Test
  void aWriteThatWasRefusedHasNoEffect() {
    fillJournal();
    AggregatedHttpResponse refused =
        thaw.post("/v1/events", "application/json", like("late", "refused", "m0"));
    assertThat(refused.status().code()).isEqualTo(503);
    JsonNode answer = thaw.recommend("refused", 30);
    assertThat(ids(answer)).hasSize(30).contains("m0");
    assertThat(answer.at("/route/stage").asText()).isEqualTo("0");
    assertThat(thaw.recents.of(UserId.of("refused"))).isEmpty();
  }

  /** The answer to the first write that finds no room. */
  private AggregatedHttpResponse fillJournal() {
    thaw.delivered.away = true;
    AggregatedHttpResponse response;
    int written = 0;
    do {
      response = thaw.post("/v1/events", "application/json", like("f" + written++, "u", "m0"));
    } while (response.status().code() != 503);
    return response;
  }

  @Test
  void withoutIndexSimilarItemsAreThePopularOnesOfTheCategory() {
    JsonNode similar = expectOk(thaw.get("/v1/items/m0/similar?k=3"));
    assertThat(similar.at("/source").asText()).isEqualTo("popularity");
    assertThat(similar.at("/degraded/0").asText()).isEqualTo("vector-index:missing");
    assertThat(ids(similar)).containsExactly("m3", "m6", "m9");
  }
}
