package dev.thaw.serving.featureserver;

import static dev.thaw.serving.featureserver.FeatureServerFixture.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.thaw.featuredefinitions.online.OnlineStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FeatureServerHttpTest {
  @TempDir static Path folder;
  private static OnlineStore store;
  private static FeatureServerFixture thaw;

  @BeforeAll
  static void start() {
    store = ServedSamples.store(folder);
    thaw = new FeatureServerFixture(store);
  }

  @AfterAll
  static void stop() {
    thaw.close();
    store.close();
  }

  @Test
  void theAnswerHasJoinKeysThenFeaturesWithStatusesAndTimes() {
    assertThat(
            thaw.ask(
                """
                {'features': ['users:name', 'users:age'],
                 'entities': {'user_id': ['ann', 'bob', 'nobody', 'ann']}}"""))
        .isEqualTo(
            tree(
                """
                {'results': [
                  {'values': ['ann', 'bob', 'nobody', 'ann'],
                   'statuses': ['PRESENT', 'PRESENT', 'PRESENT', 'PRESENT'],
                   'event_timestamps': ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z',
                     '1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z']},
                  {'values': ['Ann', null, null, 'Ann'],
                   'statuses': ['PRESENT', 'OUTSIDE_MAX_AGE', 'NOT_FOUND', 'PRESENT'],
                   'event_timestamps': ['2026-03-01T11:59:58.500Z', '2026-02-28T11:00:00Z',
                     '1970-01-01T00:00:00Z', '2026-03-01T11:59:58.500Z']},
                  {'values': [31, 42, null, 31],
                   'statuses': ['PRESENT', 'OUTSIDE_MAX_AGE', 'NOT_FOUND', 'PRESENT'],
                   'event_timestamps': ['2026-03-01T11:59:58.500Z', '2026-02-28T11:00:00Z',
                     '1970-01-01T00:00:00Z', '2026-03-01T11:59:58.500Z']}],
                 'metadata': {'feature_names': ['user_id', 'name', 'age']}}"""));
  }

  @Test
  void whatARowDoesNotHaveIsNull() {
    JsonNode answer = thaw.ask("{'features': ['users:city'], 'entities': {'user_id': ['ann']}}");
    assertThat(answer.at("/results/1/values/0").isNull()).isTrue();
    assertThat(answer.at("/results/1/statuses/0").asText()).isEqualTo("NULL_VALUE");
  }

  @Test
  void fullNamesTellViewsApartThatUseTheSame() {
    JsonNode answer =
        thaw.ask(
            """
            {'features': ['users:name', 'tastes:vector', 'tastes:name'], 'full_feature_names': true,
             'entities': {'domain': ['books'], 'user_id': ['ann']}}""");
    assertThat(answer.at("/metadata/feature_names"))
        .isEqualTo(tree("['domain', 'user_id', 'users__name', 'tastes__vector', 'tastes__name']"));
    assertThat(answer.at("/results/2/values/0").asText()).isEqualTo("Ann");
    // a float is the double that it is
    assertThat(answer.at("/results/3/values")).isEqualTo(tree("[[0.5, 0.10000000149011612]]"));
    assertThat(answer.at("/results/4/values/0").asText()).isEqualTo("bookish");
  }

  @Test
  void keysOfSeveralTypesAndViewsAboutNothing() {
    JsonNode answer =
        thaw.ask(
            """
            {'features': ['drivers:trips', 'world:rate'], 'entities': {
              'driver': [1001, 1002], 'shift': [2, 2], 'since': [1700000000, 1700000000]}}""");
    assertThat(answer.at("/metadata/feature_names"))
        .isEqualTo(tree("['driver_id', 'shift', 'since', 'trips', 'rate']"));
    assertThat(answer.at("/results/3/values")).isEqualTo(tree("[7, null]"));
    assertThat(answer.at("/results/4/values")).isEqualTo(tree("[0.25, 0.25]"));
    assertThat(thaw.ask("{'features': ['world:rate'], 'entities': {}}").at("/results/0/values/0"))
        .isEqualTo(tree("0.25"));
  }

  @Test
  void aServiceReadsOneViewUnderTwoNames() {
    JsonNode answer =
        thaw.ask(
            """
            {'feature_service': 'model', 'full_feature_names': true,
             'entities': {'user_id': ['ann'], 'friend_id': ['bob'], 'unrelated': [1]}}""");
    assertThat(answer.at("/metadata/feature_names"))
        .isEqualTo(tree("['user_id', 'friend_id', 'users__age', 'friends__city']"));
    assertThat(answer.at("/results/2/values/0").asInt()).isEqualTo(31);
    assertThat(answer.at("/results/3/statuses/0").asText()).isEqualTo("OUTSIDE_MAX_AGE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'features':['x:age'],'entities':{'user_id':['a']}} | features must be of a view among"
            + " [drivers, tastes, users, world], was x:age",
        "{'features':['users:x'],'entities':{'user_id':['a']}} | features must be among those of"
            + " the view, [age, name, city], was users:x",
        "{'features':['users:map'],'entities':{'user_id':['a']}} | features must be readable: it is"
            + " of Feast's type 32",
        "{'features':['on_demand:x'],'entities':{'user_id':['a']}} | on_demand is on demand, a"
            + " Python function that is not run here, was on_demand:x",
        "{'features':['age'],'entities':{'user_id':['a']}} | features must be of the form"
            + " view:feature, was age",
        "{'features':[],'entities':{'user_id':['a']}} | features must be 1 to 6 of the form",
        "{'entities':{'user_id':['a']}} | or a feature_service in their place, was 0 of them",
        "{'feature_service':'x','entities':{'user_id':['a']}} | feature_service must be among"
            + " [model, python], was x",
        "{'feature_service':'python','entities':{'user_id':['a']}} | must be one that can be"
            + " answered: its view on_demand is, was python",
        "{'features':['users:age','users:age'],'entities':{'user_id':['a']}} | was age more than"
            + " once",
        "{'features':['users:name','tastes:name'],'entities':{'user_id':['a'],'domain':['b']}} |"
            + " full_feature_names tells those of several views apart, was name more than once",
        "{'features':['users:age']} | entities must be given, was absent",
        "{'features':['users:age'],'entities':{}} | of which user_id is missing, was []",
        "{'features':['tastes:name'],'entities':{'user_id':['a']}} | given by the join keys of view"
            + " tastes, of which domain is missing, was [user_id]",
        "{'features':['tastes:name'],'entities':{'user_id':['a','b'],'domain':['b']}} | entities"
            + " must be columns of one length, was {user_id=2, domain=1}",
        "{'features':['users:age'],'entities':{'user_id':[]}} | columns of 1 to 50 values, was 0",
        "{'features':['users:age'],'entities':{'user_id':[1]}} | entities.user_id must be a string",
        "{'features':['users:age'],'entities':{'user_id':[null]}} | must be a string, was null",
        "{'features':['users:age'],'entities':{'user_id':[[1]]}} | an array of strings or integers",
        "{'features':['users:age'],'entities':{'user_id':['\\ud83d']}} | half of a surrogate pair",
        "{'features':['drivers:trips'],'entities':{'driver_id':['1'],'shift':[1],'since':[1]}} |"
            + " entities.driver_id must be an integer of 64 bits, was \"1\"",
        "{'features':['drivers:trips'],'entities':{'driver_id':[1],'shift':[3000000000],"
            + "'since':[1]}} | entities.shift must be an integer of 32 bits",
        "{'features':['drivers:trips'],'entities':{'driver_id':[1],'shift':[1],'since':['x']}} |"
            + " entities.since must be a whole number of seconds since 1970",
        "{'features':['users:age'],'entities':{'user_id':['a']},'full_names':true} | body must be"
            + " among entities, features, feature_service, full_feature_names",
        "{'features':['users:age'],'feature_service':'model','entities':{'user_id':['a']}} |"
            + " features must be left out then",
        "{'features':['users:age'], | malformed JSON",
        "[] | the body must be a JSON object",
      })
  void requestsThatCanNotBeAnsweredAreRefusedByName(String body, String message) {
    AggregatedHttpResponse response = thaw.post(body);
    assertThat(response.status().code()).as(response.contentUtf8()).isEqualTo(400);
    assertThat(tree(response).at("/error/message").asText()).contains(message);
  }

  @Test
  void sizesAreBounded() {
    String many = "'a',".repeat(50) + "'a'";
    assertThat(error("{'features':['users:age'],'entities':{'user_id':[" + many + "]}}", 400))
        .contains("entities.user_id must be an array of 1 to 50 values, was longer");
    String some = "'a',".repeat(39) + "'a'";
    assertThat(
            error(
                "{'features':['users:age','users:name'],'entities':{'user_id':[" + some + "]}}",
                400))
        .isEqualTo("entities must be at most 60 values together, was 40 rows of 2 features");
    assertThat(error("{'features':[" + "'users:age',".repeat(6) + "'users:name']}", 400))
        .contains("an array of at most 6 strings");
    assertThat(error(" ".repeat(17 << 10), 413)).contains("at most 16384 bytes");
  }

  private static String error(String body, int status) {
    AggregatedHttpResponse response = thaw.post(body);
    assertThat(response.status().code()).as(response.contentUtf8()).isEqualTo(status);
    return tree(response).at("/error/message").asText();
  }

  @Test
  void healthAndMetrics() {
    assertThat(thaw.get("/health").status().code()).isEqualTo(200);
    assertThat(tree(thaw.get("/readyz")).at("/status").asText()).isEqualTo("ok");
    thaw.ask("{'features': ['users:age'], 'entities': {'user_id': ['ann', 'no one', 'ann']}}");
    thaw.post("{}");
    await(
        "thaw_calls_seconds_bucket{method=\"get-online-features\",outcome=\"ok\"",
        "thaw_calls_seconds_bucket{method=\"get-online-features\",outcome=\"refused\"",
        "thaw_feature_rows_read_total{outcome=\"found\"}",
        "thaw_feature_rows_read_total{outcome=\"absent\"}",
        "thaw_errors_total{protocol=\"http\",status=\"400\"",
        "resilience4j_circuitbreaker_state");
  }

  private static void await(String... metrics) {
    String seen = "";
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!Stream.of(metrics).allMatch(seen::contains) && System.nanoTime() < until) {
      seen = thaw.get("/metrics").contentUtf8();
    }
    assertThat(seen).contains(metrics);
  }
}
