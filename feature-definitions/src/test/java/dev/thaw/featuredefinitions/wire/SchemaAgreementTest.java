package dev.thaw.featuredefinitions.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The schemas and the readers say the same about valid records and about records with one field
 * changed, added or removed. What a schema can't say (domains, rating scales, calendars, lengths of
 * other fields) only the readers refuse, each with one of the reasons named here.
 */
class SchemaAgreementTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DomainDefinitions DOMAINS = DomainDefinitions.shipped();
  private static final List<String> BEYOND_SCHEMAS =
      List.of(
          "must be one of view, click",
          "must be one of movies, books",
          "a rating of",
          "must be an ISO 8601 time",
          "must not be before 1970",
          "must be at most the",
          "ahead of the clock");

  private static final JsonSchema EVENT = schema("event");
  private static final JsonSchema ITEM = schema("item");
  private static final JsonSchema PROFILE = schema("profile");
  private static final JsonSchema IMPRESSION = schema("impression");
  private static final JsonSchema DEAD_LETTER = schema("dead-letter");

  @Property(tries = 700, seed = "7")
  void events(@ForAll("anEvent") String json, @ForAll("aChange") Change change) throws IOException {
    agree(EVENT, WireFormats.events(DOMAINS, WireLimits.DEFAULT), json, change);
  }

  @Property(tries = 400, seed = "7")
  void items(@ForAll("anItem") String json, @ForAll("aChange") Change change) throws IOException {
    agree(ITEM, WireFormats.items(DOMAINS, WireLimits.DEFAULT), json, change);
  }

  @Property(tries = 400, seed = "7")
  void profiles(@ForAll("aProfile") String json, @ForAll("aChange") Change change)
      throws IOException {
    agree(PROFILE, WireFormats.profiles(DOMAINS, WireLimits.DEFAULT), json, change);
  }

  @Property
  void answersOfProfiles(
      @ForAll boolean liked, @ForAll @From("aFlag") String unknown, @ForAll boolean isLikedGiven)
      throws IOException {
    String answer =
        "{\"domain\":\"movies\",\"item_id\":\"i\",\"unknown\":"
            + (unknown + (isLikedGiven ? ",\"liked\":" + liked : "") + "}");
    agree(
        PROFILE,
        WireFormats.profiles(DOMAINS, WireLimits.DEFAULT),
        "{\"user_id\":\"u\",\"onboarding\":[],\"time\":0}",
        new Change(1, "[" + answer + "]"));
  }

  @Property(tries = 400, seed = "7")
  void impressions(@ForAll("anImpression") String json, @ForAll("aChange") Change change)
      throws IOException {
    agree(IMPRESSION, WireFormats.impressions(DOMAINS, WireLimits.DEFAULT), json, change);
  }

  @Property(tries = 300, seed = "7")
  void deadLetters(@ForAll("aDeadLetter") String json, @ForAll("aChange") Change change)
      throws IOException {
    agree(DEAD_LETTER, WireFormats.deadLetters(), json, change);
  }

  /**
   * @param field which of the object's fields, counted round; one beyond them all is a new one
   * @param value JSON to put there; null to remove the field
   */
  record Change(int field, String value) {
    void apply(ObjectNode record) throws IOException {
      ObjectNode object = record;
      int at = field % (names(record).size() + 1);
      if (at == names(record).size()) {
        object.set("surplus", JSON.readTree(value == null ? "1" : value));
      } else if (value == null) {
        object.remove(names(record).get(at));
      } else {
        object.set(names(record).get(at), JSON.readTree(value));
      }
    }

    private static List<String> names(ObjectNode record) {
      Iterator<String> names = record.fieldNames();
      return com.google.common.collect.ImmutableList.copyOf(names);
    }
  }

  private static <T> void agree(JsonSchema schema, WireFormat<T> format, String json, Change change)
      throws IOException {
    ObjectNode record = (ObjectNode) JSON.readTree(json);
    assertThat(schema.validate(record)).as(json).isEmpty();
    assertThat(format.read(json, Instant.MAX)).isInstanceOf(WireResult.Accepted.class);

    change.apply(record);
    Set<ValidationMessage> objections = schema.validate(record);
    // without a time the clock's is taken, and the end of time is none
    Instant now = Instant.parse("9999-12-31T23:59:59.999999999Z");
    WireResult<T> result = format.read(record.toString(), now);

    if (result instanceof WireResult.Rejected<T> rejected && objections.isEmpty()) {
      assertThat(BEYOND_SCHEMAS)
          .as("%s refused by the reader alone: %s", record, rejected.rejection())
          .anyMatch(rejected.rejection().reason()::contains);
    } else {
      assertThat(result instanceof WireResult.Accepted<T>)
          .as("%s: %s but %s", record, result, objections)
          .isEqualTo(objections.isEmpty());
    }
  }

  private static JsonSchema schema(String name) {
    String path = "/dev/thaw/featuredefinitions/schema/" + name + ".json";
    try (InputStream in = SchemaAgreementTest.class.getResourceAsStream(path)) {
      JsonNode schema = JSON.readTree(in);
      JsonSchemaFactory drafts = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
      JsonNode metaSchema = JSON.valueToTree(Map.of("$ref", schema.get("$schema").asText()));
      assertThat(drafts.getSchema(metaSchema).validate(schema)).isEmpty();
      return drafts.getSchema(schema);
    } catch (IOException e) {
      throw new AssertionError(path, e);
    }
  }

  @Provide
  Arbitrary<Change> aChange() {
    Arbitrary<String> values =
        Arbitraries.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "0.5",
            "1",
            "1.0",
            "4.5",
            "1e300",
            "7",
            "9223372036854775807",
            "9223372036854775808",
            "\"\"",
            "\"text\"",
            "\"movies\"",
            "\"rating\"",
            "\"like\"",
            "\"purchase\"",
            "\"Like\"",
            "\"0\"",
            "\"20+\"",
            "\"2024-05-01T12:30:00Z\"",
            "\"2024-05-01T12:30:00.5+02:00\"",
            "\"2024-02-30T12:30:00Z\"",
            "\"2024-05-01 12:30:00\"",
            "\"2024-05-01T12:30:00\"",
            "\"1969-05-01T12:30:00Z\"",
            "\"1970-01-01T00:30:00+01:00\"",
            "[]",
            "[1]",
            "[\"a\"]",
            "[null]",
            "{}",
            "{\"a\":\"b\"}",
            "{\"a\":1}",
            "{\"a\":null}",
            "{\"\":\"b\"}",
            "\"base64\"",
            "\"control\\u0001\"",
            "\"\\ud83d\\ude00\"",
            "[{\"domain\":\"movies\",\"item_id\":\"i\",\"liked\":true}]",
            "[{\"domain\":\"movies\",\"item_id\":\"i\"}]",
            "[{\"slot\":0,\"item_id\":\"i\",\"score\":1,\"propensity\":1,\"source\":\"s\"}]",
            "[{\"slot\":0,\"item_id\":\"i\",\"score\":1,\"propensity\":0,\"source\":\"s\"}]");
    Arbitrary<String> lengths =
        Arbitraries.of(200, 201, 256, 257, 1000, 1001, 2000, 2001, 100_000, 100_001)
            .map(length -> "\"" + "x".repeat(length) + "\"");
    Arbitrary<String> sizes =
        Arbitraries.of(32, 33, 64, 65, 200, 201, 500, 501)
            .map(size -> "[" + "\"a\",".repeat(size - 1) + "\"a\"]");
    return Combinators.combine(
            Arbitraries.integers().between(0, 1000),
            Arbitraries.frequencyOf(
                    net.jqwik.api.Tuple.of(8, values),
                    net.jqwik.api.Tuple.of(2, lengths),
                    net.jqwik.api.Tuple.of(1, sizes))
                .injectNull(0.15))
        .as(Change::new);
  }

  @Provide
  Arbitrary<String> aFlag() {
    return Arbitraries.of("true", "false", "null", "1");
  }

  @Provide
  Arbitrary<String> anEvent() {
    return written(Records.events(), WireFormats.events(DOMAINS, WireLimits.DEFAULT));
  }

  @Provide
  Arbitrary<String> anItem() {
    return written(Records.items(), WireFormats.items(DOMAINS, WireLimits.DEFAULT));
  }

  @Provide
  Arbitrary<String> aProfile() {
    return written(Records.profiles(), WireFormats.profiles(DOMAINS, WireLimits.DEFAULT));
  }

  @Provide
  Arbitrary<String> anImpression() {
    return written(Records.impressions(), WireFormats.impressions(DOMAINS, WireLimits.DEFAULT));
  }

  @Provide
  Arbitrary<String> aDeadLetter() {
    return written(Records.deadLetters(), WireFormats.deadLetters());
  }

  private static <T> Arbitrary<String> written(Arbitrary<T> records, WireFormat<T> format) {
    return records.map(format::writeText);
  }
}
