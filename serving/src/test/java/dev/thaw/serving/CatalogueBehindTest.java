package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.ids;
import static dev.thaw.serving.ServerFixture.like;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.CatalogueFeed;
import dev.thaw.serving.v1.RecommendRequest;
import dev.thaw.serving.v1.ThawServiceGrpc;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is not known here may be known elsewhere: nothing is refused for good before that is. */
@Timeout(60)
class CatalogueBehindTest {
  private static final String EVENTS = "/v1/events";

  @TempDir Path folder;
  private ServerFixture thaw;

  /** No server is waited for that started without one. */
  private volatile boolean caughtUp = true;

  @BeforeEach
  void start() {
    thaw = new ServerFixture(folder, this::withFeed, UnaryOperator.identity());
    thaw.films();
  }

  private ServerParts withFeed(ServerParts p) {
    return new ServerParts(
        p.config(),
        p.domains(),
        p.features(),
        p.store(),
        p.recents(),
        p.indexes(),
        p.models(),
        p.log(),
        new Feed(),
        p.clocks(),
        p.tuning(),
        p.extension(),
        p.reader());
  }

  private final class Feed implements CatalogueFeed {
    @Override
    public void follow(Catalogue catalogue) {}

    @Override
    public boolean isCaughtUp() {
      return caughtUp;
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void stop() {
    thaw.close();
  }

  @Test
  void eventsOfUnknownItemsWaitForTheCatalogue() {
    caughtUp = false;
    isToBeTriedAgain(postKnownAndUnknown());
    assertThat(thaw.delivered.of("thaw.events")).isEmpty();
    assertThat(thaw.recents.of(UserId.of("u"))).isEmpty();
    expectOk(thaw.post(EVENTS, "application/json", like("known", "u", "m0")));

    caughtUp = true;
    assertThat(thaw.post(EVENTS, "application/json", like("new", "u", "elsewhere")).status().code())
        .isEqualTo(400);
    assertThat(expectOk(postKnownAndUnknown()).at("/accepted").asInt()).isEqualTo(1);
  }

  @Test
  void eventsOfUnknownItemsWaitForKafka() throws Exception {
    thaw.delivered.away = true;
    expectOk(thaw.post(EVENTS, "application/json", like("first", "u", "m1")));
    AggregatedHttpResponse refused = postKnownAndUnknown();
    isToBeTriedAgain(refused);
    assertThat(refused.contentUtf8()).contains("elsewhere").contains("Kafka is away");
    JsonNode report = expectOk(thaw.post(EVENTS, "application/json", like("a", "u", "m0")));
    assertThat(report.at("/duplicates").asInt()).as("nothing of the post was taken").isZero();

    thaw.delivered.away = false;
    while (!expectOk(thaw.get("/readyz")).at("/event_log").asText().equals("direct")) {
      Thread.sleep(10);
    }
    assertThat(postKnownAndUnknown().status().code()).isEqualTo(200);
  }

  private AggregatedHttpResponse postKnownAndUnknown() {
    return thaw.post(
        EVENTS, "application/x-ndjson", like("a", "u", "m0") + "\n" + like("b", "u", "elsewhere"));
  }

  @Test
  void nothingIsRecommendedFromACatalogueThatWasNotRead() {
    caughtUp = false;
    String request = "{\"user_id\":\"u\",\"domain\":\"movies\"}";
    isToBeTriedAgain(thaw.post("/v1/recommendations", "application/json", request));
    isToBeTriedAgain(thaw.get("/v1/items/elsewhere/similar"));
    isToBeTriedAgain(thaw.get("/v1/onboarding?domain=movies"));
    ThawServiceGrpc.ThawServiceBlockingStub stub =
        GrpcClients.newClient(
            "gproto+" + thaw.server.uri(), ThawServiceGrpc.ThawServiceBlockingStub.class);
    assertThatThrownBy(
            () ->
                stub.recommend(
                    RecommendRequest.newBuilder().setUserId("u").setDomain("movies").build()))
        .hasMessageContaining("UNAVAILABLE")
        .hasMessageContaining("still being read");

    caughtUp = true;
    assertThat(ids(thaw.recommend("u", 3))).hasSize(3);
  }

  private static void isToBeTriedAgain(AggregatedHttpResponse response) {
    assertThat(response.status().code()).isEqualTo(503);
    assertThat(response.headers().get("retry-after")).isEqualTo("1");
    assertThat(response.contentUtf8()).contains("try again later");
  }
}
