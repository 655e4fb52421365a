package dev.thaw.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
  private final RequestReader reader = new RequestReader(Limits.withMaxK(200));

  @Test
  void readsEveryField() {
    assertThat(
            read(
                """
                {"user_id": "u1", "domain": "movies", "k": 5, "context": {"device": "phone"},
                 "exclude": ["m1", "m2"], "categories": ["Drama"], "deadline_ms": 40,
                 "explain": true}
                """))
        .isEqualTo(
            new RecommendationRequest(
                UserId.of("u1"),
                DomainId.of("movies"),
                5,
                Map.of("device", "phone"),
                List.of(ItemId.of("m1"), ItemId.of("m2")),
                List.of("Drama"),
                Duration.ofMillis(40),
                true));
  }

  @Test
  void whatIsLeftOutHasDefaults() {
    RecommendationRequest request = read("{\"user_id\":\"u1\",\"domain\":\"movies\"}");
    assertThat(request.k()).isEqualTo(10);
    assertThat(request.deadline()).isNull();
    assertThat(request.explain()).isFalse();
  }

  @Test
  void anAnonymousSessionIsAUserOfItsOwn() {
    assertThat(read("{\"session_id\":\"s1\",\"domain\":\"movies\"}").user())
        .isEqualTo(UserId.of("session:s1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"user_id":"u","domain":"m","k":0}             | k           | whole number in [1, 200]
          {"user_id":"u","domain":"m","k":10000}         | k           | whole number in [1, 200]
          {"user_id":"u","domain":"m","k":99999999999999999999} | k    | whole number in [1, 200]
          {"user_id":"u","domain":"m","k":1.5}           | k           | whole number in [1, 200]
          {"user_id":"u","domain":"m","k":"5"}           | k           | whole number in [1, 200]
          {"user_id":"","domain":"m"}                    | user_id     | 1 to 256 characters
          {"user_id":7,"domain":"m"}                     | user_id     | a string
          {"domain":"m"}                                 | user_id     | session_id in its place
          {"user_id":"u","session_id":"s","domain":"m"}  | user_id     | session_id in its place
          {"user_id":"u"}                                | domain      | given
          {"user_id":"u","domain":"m","deadline_ms":0}   | deadline_ms | [1, 10000]
          {"user_id":"u","domain":"m","explain":1}       | explain     | true or false
          {"user_id":"u","domain":"m","exclude":"x"}     | exclude     | an array
          {"user_id":"u","domain":"m","exclude":[3]}     | exclude     | a string
          {"user_id":"u","domain":"m","context":[]}      | context     | an object
          {"user_id":"u","domain":"m","kk":3}            | field       | one of user_id
          """)
  void namesFieldValueAndBound(String body, String field, String bound) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            CallerFault.class,
            fault -> {
              assertThat(fault.status()).isEqualTo(400);
              assertThat(fault.field()).isEqualTo(field);
              assertThat(fault.bound()).contains(bound);
              assertThat(fault.getMessage()).contains(field).contains(bound);
            });
  }

  @Test
  void aMillionExclusionsAreRefusedWithTheBound() {
    String million =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "\"m" + i + '"')
            .collect(
                Collectors.joining(",", "{\"user_id\":\"u\",\"domain\":\"m\",\"exclude\":[", "]}"));
    assertThatThrownBy(() -> read(million))
        .isInstanceOf(CallerFault.class)
        .hasMessageContaining("exclude")
        .hasMessageContaining("at most 10000");
  }

  @Test
  void listsAndTextsBeyondTheirBoundsAreRefused() {
    String categories = "\"c\",".repeat(100) + "\"c\"";
    String entries =
        IntStream.range(0, 33)
            .mapToObj(i -> "\"a" + i + "\":\"b\"")
            .collect(Collectors.joining(","));
    assertRefused("\"categories\":[" + categories + "]", "categories", "at most 100");
    assertRefused("\"context\":{" + entries + "}", "context", "at most 32");
    assertRefused("\"categories\":[\"" + "x".repeat(201) + "\"]", "categories", "1 to 200");
    assertRefused("\"context\":{\"" + "x".repeat(65) + "\":\"b\"}", "context", "1 to 64");
    assertRefused("\"context\":{\"a\":\"" + "x".repeat(257) + "\"}", "context.a", "1 to 256");
  }

  @Test
  void charactersAreCountedAsInRecords() {
    String key = "\uD83D\uDE00".repeat(64);
    assertThat(
            read("{\"user_id\":\"u\",\"domain\":\"m\",\"context\":{\"" + key + "\":\"b\"}}")
                .context())
        .containsOnlyKeys(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"user_id":"\\ud800","domain":"m"}                        | user_id
          {"session_id":"s\\udc00","domain":"m"}                    | session_id
          {"user_id":"u","domain":"\\ud800m"}                       | domain
          {"user_id":"u","domain":"m","exclude":["a","\\ud800"]}    | exclude
          {"user_id":"u","domain":"m","categories":["\\udc00"]}     | categories
          {"user_id":"u","domain":"m","context":{"a":"\\ud800"}}    | context.a
          """)
  void halfACharacterIsRefusedEverywhere(String body, String field) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(CallerFault.class)
        .hasMessageStartingWith(field + " must be Unicode");
  }

  private void assertRefused(String field, String name, String bound) {
    assertThatThrownBy(() -> read("{\"user_id\":\"u\",\"domain\":\"m\"," + field + "}"))
        .isInstanceOf(CallerFault.class)
        .hasMessageStartingWith(name + " must be")
        .hasMessageContaining(bound);
  }

  @Test
  void malformedJsonAndInvalidUtf8AreNamed() {
    assertThatThrownBy(() -> read("{\"user_id\": u}"))
        .isInstanceOf(CallerFault.class)
        .hasMessageContaining("malformed JSON")
        .hasMessageContaining("line 1");
    byte[] invalid = "{\"user_id\":\"x\",\"domain\":\"m\"}".getBytes(StandardCharsets.UTF_8);
    invalid[12] = (byte) 0xff;
    assertThatThrownBy(() -> reader.read(invalid))
        .isInstanceOf(CallerFault.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> read("{\"user_id\":\"u\",\"domain\":\"m\"} {}"))
        .isInstanceOf(CallerFault.class)
        .hasMessageContaining("goes on");
  }

  private RecommendationRequest read(String json) {
    return reader.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
