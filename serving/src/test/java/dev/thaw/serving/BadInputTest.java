package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.expectOk;
import static dev.thaw.serving.ServerFixture.ids;
import static dev.thaw.serving.ServerFixture.like;
import static dev.thaw.serving.ServerFixture.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import dev.thaw.serving.v1.RecommendRequest;
import dev.thaw.serving.v1.ThawServiceGrpc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bad input gets a 4xx that says what is wrong, and the rest goes on. */
@Timeout(60)
class BadInputTest {
  @TempDir static Path folder;
  private static ServerFixture thaw;

  @BeforeAll
  static void start() {
    thaw = new ServerFixture(folder);
    thaw.films();
  }

  @AfterAll
  static void stop() {
    thaw.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"user_id":"u","domain":"movies","k":0}     | k      | [1,
          {"user_id":"u","domain":"movies","k":10000} | k      | [1,
          {"user_id":"u","domain":"games"}            | domain | movies, books
          {"user_id":"u","domain":"movies"            |        | malformed JSON
          """)
  void recommendations(String body, String field, String message) {
    AggregatedHttpResponse response = thaw.post("/v1/recommendations", "application/json", body);
    assertThat(response.status().code()).isEqualTo(400);
    JsonNode error = tree(response.content().array()).path("error");
    assertThat(error.path("field").asText(null)).isEqualTo(field);
    assertThat(error.path("message").asText()).contains(message);
    goesOn();
  }

  /** Strict readers of JSON can't take half a surrogate pair. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          /v1/recommendations | {"user_id":"a\\ud800b","domain":"movies"}
          /v1/recommendations | {"user_id":"u","domain":"movies","k":"\\udc00"}
          /v1/recommendations | {"\\ud800":"u"}
          /v1/events          | {"event_id":"\\ud800"}
          /v1/events          | {"time":"\\ud800"}
          /v1/users           | {"\\udc00":1}
          """)
  void halfACharacterIsAFaultThatCanBeShown(String path, String body) {
    AggregatedHttpResponse response = thaw.post(path, "application/json", body);
    assertThat(response.status().code()).isEqualTo(400);
    JsonNode error = tree(response.content().array()).path("error");
    for (String part : List.of("field", "value", "message")) {
      String text = error.path(part).asText();
      assertThat(StandardCharsets.UTF_16BE.newEncoder().canEncode(text)).as(text).isTrue();
    }
    goesOn();
  }

  @Test
  void aLongValueIsNotCutThroughACharacter() {
    String body = "{\"user_id\":\"u\",\"domain\":\"movies\",\"k\":\"%s\"}";
    AggregatedHttpResponse response =
        thaw.post(
            "/v1/recommendations",
            "application/json",
            body.formatted("x" + "\uD83D\uDE00".repeat(100)));
    assertThat(tree(response.content().array()).at("/error/value").asText())
        .isEqualTo("x" + "\uD83D\uDE00".repeat(59) + "…");
  }

  /** Bytes a parser that guesses encodings takes for UTF-32 or UTF-16. */
  @ParameterizedTest
  @ValueSource(strings = {"7B0000007F7F7F7F", "0000007B0000007D", "7B0022006100", "5B007B007D00"})
  void anotherEncodingIsTheCallersFaultEverywhere(String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    for (String path : List.of("/v1/recommendations", "/v1/events", "/v1/items", "/v1/users")) {
      for (String type : List.of("application/json", "application/x-ndjson")) {
        assertThat(thaw.post(path, type, body).status().code())
            .as("%s %s", path, type)
            .isEqualTo(400);
      }
    }
    goesOn();
  }

  @Test
  void aByteOrderMarkIsNoFault() {
    assertThat(
            thaw.post("/v1/events", "application/json", "\uFEFF" + like("marked1", "u", "m1"))
                .status()
                .code())
        .isEqualTo(200);
    assertThat(
            thaw.post("/v1/events", "application/x-ndjson", "\uFEFF" + like("marked2", "u", "m1"))
                .status()
                .code())
        .isEqualTo(200);
  }

  @Test
  void tooManyExclusionsAreNamedWithTheirBound() {
    String body =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "\"x" + i + '"')
            .collect(
                Collectors.joining(
                    ",", "{\"user_id\":\"u\",\"domain\":\"movies\",\"exclude\":[", "]}"));
    AggregatedHttpResponse response = thaw.post("/v1/recommendations", "application/json", body);
    assertThat(response.status().code()).isEqualTo(400);
    assertThat(response.contentUtf8()).contains("exclude").contains("at most 10000");
    goesOn();
  }

  @Test
  void aBodyBeyondTheLimitIs413WithTheLimit() {
    AggregatedHttpResponse response =
        thaw.post("/v1/events", "application/x-ndjson", new byte[33 << 20]);
    assertThat(response.status().code()).isEqualTo(413);
    assertThat(tree(response.content().array()).at("/error/bound").asText())
        .contains("at most " + (32 << 20));
    goesOn();
  }

  @Test
  void onlyPostsOfRecordsMayBeLarge() {
    byte[] body = new byte[(1 << 20) + 1];
    for (AggregatedHttpResponse response :
        List.of(
            thaw.post("/v1/recommendations", "application/json", body),
            thaw.call(HttpMethod.GET, "/v1/onboarding?domain=movies", body),
            thaw.call(HttpMethod.DELETE, "/v1/users/u", body))) {
      assertThat(response.status().code()).isEqualTo(413);
      assertThat(tree(response.content().array()).at("/error/bound").asText())
          .contains("at most " + (1 << 20));
    }
    assertThatThrownBy(
            () ->
                GrpcClients.newClient(
                        "gproto+" + thaw.server.uri(),
                        ThawServiceGrpc.ThawServiceBlockingStub.class)
                    .recommend(
                        RecommendRequest.newBuilder()
                            .setUserId("u")
                            .setDomain("movies")
                            .addExclude("x".repeat(1 << 20))
                            .build()))
        .hasMessageContaining("RESOURCE_EXHAUSTED");
    String events = like("large", "u", "m1") + "\n".repeat(1 << 20);
    expectOk(thaw.post("/v1/events", "application/x-ndjson", events));
    goesOn();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "type":"like"                          | "type":"dislike"                         | type
          "type":"like"                          | "type":"rating","value":11               | value
          "type":"like"                          | "type":"rating","value":"NaN"            | value
          "time":"2026-05-01T11:59:00Z"          | "time":"2126-05-01T11:59:00Z"            | time
          "time":"2026-05-01T11:59:00Z"          | "time":"1969-12-31T23:59:59Z"            | time
          "domain":"movies"                      | "domain":"games"                         | domain
          "domain":"movies"                      | "domain":"books"                         | domain
          "item_id":"m1"                         | "item_id":"nowhere"                      | item_id
          "user_id":"u"                          | "user_id":""                             | user_id
          """)
  void events(String good, String bad, String field) {
    String wrong = like("bad-" + field + bad.hashCode(), "u", "m1").replace(good, bad);
    AggregatedHttpResponse alone = thaw.post("/v1/events", "application/json", wrong);
    assertThat(alone.status().code()).isEqualTo(400);
    JsonNode error = tree(alone.content().array()).path("error");
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("bound").asText()).isNotBlank();

    String mixed =
        like("good1-" + bad.hashCode(), "u", "m1")
            + "\n"
            + wrong
            + "\n{nonsense\n"
            + like("good2-" + bad.hashCode(), "u", "m2");
    JsonNode report = expectOk(thaw.post("/v1/events", "application/x-ndjson", mixed));
    assertThat(report.path("accepted").asInt()).isEqualTo(2);
    assertThat(report.path("rejected").asInt()).isEqualTo(2);
    assertThat(report.at("/errors/0/line").asInt()).isEqualTo(2);
    assertThat(report.at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(report.at("/errors/1/line").asInt()).isEqualTo(3);
  }

  @Test
  void duplicateIdsInOnePostCountOnce() {
    String twice = like("twice", "u", "m1") + "\n" + like("twice", "u", "m1");
    JsonNode report = expectOk(thaw.post("/v1/events", "application/x-ndjson", twice));
    assertThat(report.path("accepted").asInt()).isEqualTo(2);
    assertThat(report.path("duplicates").asInt()).isEqualTo(1);
  }

  @Test
  void emptyBodiesAndInvalidUtf8AreRefused() {
    for (String path :
        new String[] {"/v1/recommendations", "/v1/events", "/v1/items", "/v1/users"}) {
      AggregatedHttpResponse empty = thaw.post(path, "application/json", "");
      assertThat(empty.status().code()).isEqualTo(400);
      assertThat(empty.contentUtf8()).contains("empty");
    }
    byte[] invalid = like("utf8", "uxu", "m1").getBytes(StandardCharsets.UTF_8);
    invalid[indexOf(invalid, "uxu") + 1] = (byte) 0xff;
    AggregatedHttpResponse response = thaw.post("/v1/events", "application/x-ndjson", invalid);
    assertThat(response.status().code()).isEqualTo(400);
    assertThat(response.contentUtf8()).contains("UTF-8");
    goesOn();
  }

  @Test
  void aDescriptionOfTenMegabytesIsRefusedAndTheOtherItemsAreTaken() {
    String huge =
        ServerFixture.film("huge", "Huge", "Drama")
            .replace("\"description\":\"\"", "\"description\":\"" + "x".repeat(10 << 20) + '"');
    JsonNode report =
        expectOk(
            thaw.post(
                "/v1/items",
                "application/x-ndjson",
                huge + ServerFixture.film("small", "Small", "Tiny")));
    assertThat(report.path("accepted").asInt()).isEqualTo(1);
    assertThat(report.path("rejected").asInt()).isEqualTo(1);
    assertThat(report.at("/errors/0/message").asText().length()).isLessThan(1_000);
    assertThat(
            ids(
                thaw.recommend(
                    "{\"user_id\":\"u\",\"domain\":\"movies\",\"categories\":[\"Tiny\"]}")))
        .containsExactly("small");
  }

  @Test
  void anItemCannotMoveToAnotherDomain() {
    AggregatedHttpResponse response =
        thaw.post(
            "/v1/items",
            "application/json",
            ServerFixture.film("m1", "Film", "Drama").replace("\"movies\"", "\"books\""));
    assertThat(response.status().code()).isEqualTo(400);
    assertThat(response.contentUtf8()).contains("belongs to domain movies");
  }

  @Test
  void aNewItemInTwoDomainsOfOnePostIsTakenInTheFirst() {
    String first = ServerFixture.film("newcomer", "Newcomer", "Twofold");
    String second = first.replace("\"movies\"", "\"books\"");
    JsonNode report = expectOk(thaw.post("/v1/items", "application/x-ndjson", first + second));
    assertThat(report.path("accepted").asInt()).isEqualTo(1);
    assertThat(report.path("rejected").asInt()).isEqualTo(1);
    assertThat(report.at("/errors/0/line").asInt()).isEqualTo(2);
    assertThat(report.at("/errors/0/message").asText()).contains("belongs to domain movies");
    assertThat(thaw.delivered.of("thaw.items"))
        .filteredOn(item -> item.at("/item_id").asText().equals("newcomer"))
        .singleElement()
        .matches(item -> item.at("/domain").asText().equals("movies"));
  }

  @Test
  void unknownPathsAndWrongMethodsHaveJsonBodiesToo() {
    assertThat(tree(thaw.get("/v2/nothing").content().array()).at("/error/message").asText())
        .isNotBlank();
    AggregatedHttpResponse wrong = thaw.get("/v1/recommendations");
    assertThat(wrong.status().code()).isEqualTo(405);
    assertThat(tree(wrong.content().array()).has("error")).isTrue();
    assertThat(thaw.get("/v1/items/m1/similar?k=many").contentUtf8()).contains("whole number");
    assertThat(thaw.get("/v1/onboarding").status().code()).isEqualTo(400);
  }

  private void goesOn() {
    assertThat(ids(thaw.recommend("someone", 3))).hasSize(3);
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
