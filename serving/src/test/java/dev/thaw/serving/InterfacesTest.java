package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.serving.v1.DeleteItemRequest;
import dev.thaw.serving.v1.Event;
import dev.thaw.serving.v1.GetUserRequest;
import dev.thaw.serving.v1.Item;
import dev.thaw.serving.v1.OnboardingRequest;
import dev.thaw.serving.v1.PostEventsRequest;
import dev.thaw.serving.v1.PostItemsRequest;
import dev.thaw.serving.v1.PostUsersRequest;
import dev.thaw.serving.v1.RecommendRequest;
import dev.thaw.serving.v1.RecommendResponse;
import dev.thaw.serving.v1.SimilarRequest;
import dev.thaw.serving.v1.ThawServiceGrpc;
import dev.thaw.serving.v1.User;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** gRPC on the same methods, the OpenAPI document, health, metrics and the docs page. */
@Timeout(60)
class InterfacesTest {
  @TempDir static Path folder;
  private static ServerFixture thaw;
  private static ThawServiceGrpc.ThawServiceBlockingStub grpc;

  @BeforeAll
  static void start() {
    thaw = new ServerFixture(folder);
    thaw.films();
    grpc =
        GrpcClients.newClient(
            "gproto+" + thaw.server.uri(), ThawServiceGrpc.ThawServiceBlockingStub.class);
  }

  @AfterAll
  static void stop() {
    thaw.close();
  }

  @Test
  void grpcRecommendsAsHttpDoes() {
    RecommendResponse answer =
        grpc.recommend(
            RecommendRequest.newBuilder()
                .setUserId("u")
                .setDomain("movies")
                .setK(7)
                .addExclude("m0")
                .setExplain(true)
                .build());
    assertThat(answer.getItemsList()).hasSize(7).noneMatch(item -> item.getId().equals("m0"));
    assertThat(answer.getRoute().getMethod()).isEqualTo("popularity");
    assertThat(answer.getItems(3).getExplanation()).contains("Popular in movies");
  }

  @Test
  void grpcRefusesWithTheSameWords() {
    assertThatThrownBy(
            () ->
                grpc.recommend(
                    RecommendRequest.newBuilder()
                        .setUserId("u")
                        .setDomain("movies")
                        .setK(0)
                        .build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("k must be a whole number in [1, 200], was 0");
    assertThatThrownBy(
            () ->
                grpc.recommend(
                    RecommendRequest.newBuilder()
                        .setUserId("u")
                        .setDomain("movies")
                        .putContext("x".repeat(65), "y")
                        .build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("context must be an object with keys of 1 to 64 characters");
    assertThatThrownBy(() -> grpc.similar(SimilarRequest.newBuilder().setItemId("nowhere").build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("NOT_FOUND");
  }

  @Test
  void grpcTakesRecordsAndRemovesThem() {
    assertThat(
            grpc.postItems(
                    PostItemsRequest.newBuilder()
                        .addItems(
                            Item.newBuilder()
                                .setItemId("g1")
                                .setDomain("movies")
                                .setTitle("By gRPC")
                                .setTime("2026-04-01T00:00:00Z"))
                        .build())
                .getAccepted())
        .isEqualTo(1);
    var report =
        grpc.postEvents(
            PostEventsRequest.newBuilder()
                .addEvents(event("g-e1", "g1", "like"))
                .addEvents(event("g-e2", "g1", "dislike"))
                .build());
    assertThat(report.getAccepted()).isEqualTo(1);
    assertThat(report.getErrors(0).getField()).isEqualTo("type");
    assertThat(grpc.getUser(GetUserRequest.newBuilder().setUserId("gu").build()).getRecentList())
        .containsExactly("g1");
    User.Answer.Builder no = User.Answer.newBuilder().setDomain("movies").setItemId("m1");
    User.Builder answering =
        User.newBuilder()
            .setUserId("gu")
            .addOnboarding(no)
            .addOnboarding(no.clone().setUnknown(true));
    assertThat(
            grpc.postUsers(PostUsersRequest.newBuilder().addUsers(answering).build()).getAccepted())
        .isEqualTo(1);
    grpc.deleteItem(DeleteItemRequest.newBuilder().setItemId("g1").build());
    assertThat(
            grpc.onboarding(OnboardingRequest.newBuilder().setDomain("movies").setK(40).build())
                .getItemsList())
        .noneMatch(question -> question.getId().equals("g1"));
  }

  private static Event event(String id, String item, String type) {
    return Event.newBuilder()
        .setEventId(id)
        .setUserId("gu")
        .setItemId(item)
        .setDomain("movies")
        .setType(type)
        .setTime("2026-05-01T11:00:00Z")
        .build();
  }

  @Test
  void theOpenApiDocumentNamesWhatIsServedAndItsReferencesHold() {
    JsonNode document = expectOk(thaw.get("/openapi.json"));
    assertThat(documented(document))
        .as("of the routes; the document is no route of its own")
        .containsExactlyInAnyOrderElementsOf(served());
    document
        .findValuesAsText("$ref")
        .forEach(
            ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
    requireFields(document, "RecommendationAnswer", thaw.recommend("someone", 3));
    requireFields(document, "RecommendedItem", thaw.recommend("someone", 3).at("/items/0"));
    requireFields(document, "Route", thaw.recommend("someone", 3).at("/route"));
    requireFields(document, "SimilarAnswer", expectOk(thaw.get("/v1/items/m1/similar")));
    requireFields(
        document, "OnboardingQuestions", expectOk(thaw.get("/v1/onboarding?domain=movies")));
    requireFields(document, "UserReport", expectOk(thaw.get("/v1/users/someone")));
    requireFields(
        document,
        "Error",
        tree(thaw.post("/v1/recommendations", "application/json", "{}").content().array()));
  }

  /** What an item may say over HTTP and gRPC is what the format of the topic knows. */
  @Test
  void itemsHaveTheSameFieldsInEveryForm() throws IOException {
    Set<String> format;
    try (InputStream schema =
        CatalogueItem.class.getResourceAsStream("/dev/thaw/featuredefinitions/schema/item.json")) {
      format = names(new ObjectMapper().readTree(schema).path("properties"));
    }
    assertThat(names(expectOk(thaw.get("/openapi.json")).at("/components/schemas/Item/properties")))
        .isEqualTo(format);
    assertThat(Item.getDescriptor().getFields())
        .extracting(field -> field.getName())
        .containsExactlyInAnyOrderElementsOf(format);
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> documented(JsonNode document) {
    Set<String> calls = new HashSet<>();
    document
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return calls;
  }

  /** What the server says it has bound, by its own documentation service. */
  private static Set<String> served() {
    Set<String> calls = new HashSet<>(Set.of("GET /healthz", "GET /readyz", "GET /metrics"));
    for (JsonNode service : expectOk(thaw.get("/docs/specification.json")).path("services")) {
      if (service.path("name").asText().matches(".*\\.(HttpApi|PostsApi)")) {
        for (JsonNode method : service.path("methods")) {
          for (JsonNode endpoint : method.path("endpoints")) {
            String path = endpoint.path("pathMapping").asText();
            calls.add(
                method.path("httpMethod").asText()
                    + " "
                    + path.replaceFirst("^exact:", "").replaceAll("/:(\\w+)", "/{$1}"));
          }
        }
      }
    }
    return calls;
  }

  /** Every field of the answer is declared, every required one is there. */
  private static void requireFields(JsonNode document, String schema, JsonNode answer) {
    JsonNode declared = document.at("/components/schemas/" + schema);
    Set<String> properties = new HashSet<>();
    declared.path("properties").fieldNames().forEachRemaining(properties::add);
    Set<String> given = new HashSet<>();
    answer.fieldNames().forEachRemaining(given::add);
    assertThat(properties).as(schema).containsAll(given);
    declared.path("required").forEach(name -> assertThat(given).as(schema).contains(name.asText()));
  }

  @Test
  void healthReadinessMetricsAndDocs() {
    assertThat(expectOk(thaw.get("/healthz")).at("/status").asText()).isEqualTo("ok");
    JsonNode ready = expectOk(thaw.get("/readyz"));
    assertThat(ready.at("/status").asText()).isEqualTo("ready");
    assertThat(ready.at("/catalogue_items").asInt()).isGreaterThanOrEqualTo(30);
    thaw.recommend("someone", 3);
    assertThat(thaw.get("/metrics").contentUtf8())
        .contains("thaw_recommendations_total{domain=\"movies\"")
        .contains("thaw_calls_seconds_bucket{method=\"recommend\",outcome=\"ok\"")
        .contains("resilience4j_circuitbreaker_state")
        .contains("thaw_event_log_backlog", "thaw_event_log_state 0")
        .contains("thaw_ingest_total");
    assertThat(thaw.get("/docs/").status().code()).isEqualTo(200);
  }

  @Test
  void errorsAreCountedWhicheverPartAnsweredThem() {
    thaw.post("/v1/recommendations", "application/json", "{\"user_id\":");
    thaw.get("/v1/nowhere");
    assertThatThrownBy(
            () ->
                grpc.recommend(
                    RecommendRequest.newBuilder()
                        .setUserId("g")
                        .setDomain("nowhere")
                        .setK(3)
                        .build()))
        .isInstanceOf(StatusRuntimeException.class);
    // counted when an answer is complete, which its caller may know first
    await(
        "thaw_errors_total{protocol=\"http\",status=\"400\"",
        "thaw_errors_total{protocol=\"http\",status=\"404\"",
        "thaw_errors_total{protocol=\"grpc\",status=\"3\"");
  }

  private static void await(String... metrics) {
    String seen = "";
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!Stream.of(metrics).allMatch(seen::contains) && System.nanoTime() < until) {
      seen = thaw.get("/metrics").contentUtf8();
    }
    assertThat(seen).contains(metrics);
  }

  @Test
  void listensOnLoopbackByDefault() {
    assertThat(dev.thaw.featuredefinitions.config.ThawConfig.embedded(folder).serving().host())
        .isEqualTo("127.0.0.1");
    assertThat(thaw.server.uri().getHost()).isEqualTo("127.0.0.1");
  }
}
