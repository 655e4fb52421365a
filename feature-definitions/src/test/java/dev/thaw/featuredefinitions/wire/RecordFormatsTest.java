package dev.thaw.featuredefinitions.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer.Reply;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatsTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");
  private static final DomainDefinitions DOMAINS = DomainDefinitions.shipped();
  private static final WireFormat<CatalogueItem> ITEMS =
      WireFormats.items(DOMAINS, WireLimits.DEFAULT);
  private static final WireFormat<UserProfile> PROFILES =
      WireFormats.profiles(DOMAINS, WireLimits.DEFAULT);
  private static final WireFormat<Impression> IMPRESSIONS =
      WireFormats.impressions(DOMAINS, WireLimits.DEFAULT);
  private static final String VECTOR =
      """
      {"item_id":"i","space":{"name":"content","version":"v1","dimension":2,"metric":"cosine"},\
      "vector":"AACAPwAAAEA="}""";

  @Test
  void itemsAndProfilesWithoutATimeGetTheClocks() {
    String item = "{\"item_id\":\"i\",\"domain\":\"movies\"}";
    CatalogueItem read = ITEMS.read(item, NOW).orElseThrow();

    assertThat(read.time()).isEqualTo(NOW);
    assertThat(read.available()).isTrue();
    assertThat(read.isWithoutMetadata()).isTrue();
    assertThat(PROFILES.read("{\"user_id\":\"u\"}", NOW).orElseThrow().time()).isEqualTo(NOW);
    assertThat(rejection(ITEMS, item, Instant.MAX)).isEqualTo("time: is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"item_id\":\"i\"} | domain: is missing",
        "{\"item_id\":\"i\",\"domain\":\"movies\",\"categories\":\"a\"} | categories: must be a list,"
            + " was \"a\"",
        "{\"item_id\":\"i\",\"domain\":\"movies\",\"categories\":[\"a\",3]} | categories[1]: must be"
            + " a text, was \"3\"",
        "{\"item_id\":\"i\",\"domain\":\"movies\",\"attributes\":{\"a\":{}}} | attributes.a: must be"
            + " a text, was \"{\"",
        "{\"item_id\":\"i\",\"domain\":\"movies\",\"attributes\":{\"a\":\"b\",\"a\":\"c\"}} |"
            + " attributes.a: is given twice",
        "{\"item_id\":\"i\",\"domain\":\"movies\",\"available\":\"yes\"} | available: must be true or"
            + " false, was \"yes\"",
      })
  void itemFaultsNameTheirPlace(String json, String message) {
    assertThat(rejection(ITEMS, json, NOW)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"domain\":\"songs\",\"item_id\":\"i\",\"liked\":true} | onboarding[1].domain: must be one"
            + " of movies, books, was \"songs\"",
        "{\"domain\":\"books\",\"item_id\":\"i\"} | onboarding[1].liked: is missing",
        "{\"domain\":\"books\",\"item_id\":\"i\",\"liked\":1} | onboarding[1].liked: must be true or"
            + " false, was \"1\"",
        "{\"domain\":\"books\",\"item_id\":\"\",\"liked\":true} | onboarding[1].item_id: must not be"
            + " empty, was \"\"",
        "{\"like\":true} | onboarding[1].like: unknown field, known are domain, item_id, liked,"
            + " unknown",
        "{\"domain\":\"books\",\"item_id\":\"i\",\"liked\":true,\"unknown\":true} | onboarding[1].unknown:"
            + " must be false of an item that is liked, was \"true\"",
        "{\"domain\":\"books\",\"item_id\":\"i\",\"liked\":false,\"unknown\":\"yes\"} |"
            + " onboarding[1].unknown: must be true or false, was \"yes\"",
        "{\"domain\":\"books\",\"item_id\":\"i\",\"unknown\":true} | onboarding[1].liked: is missing",
        "7 | onboarding[1]: must be an object, was \"7\"",
      })
  void faultsInsideListsNameTheElement(String answer, String message) {
    String good = "{\"domain\":\"movies\",\"item_id\":\"i\",\"liked\":false}";
    String json = "{\"user_id\":\"u\",\"onboarding\":[" + good + "," + answer + "]}";

    assertThat(rejection(PROFILES, json, NOW)).isEqualTo(message);
  }

  /** The first two as they were written before there was a third. */
  @Test
  void anAnswerIsYesOrNoOrThatTheItemIsNotKnown() {
    String item = "{\"domain\":\"movies\",\"item_id\":\"i\",\"liked\":";
    String json =
        "{\"user_id\":\"u\",\"onboarding\":["
            + (item + "true},")
            + (item + "false},")
            + (item + "false,\"unknown\":true},")
            + (item + "true,\"unknown\":false}]}");
    UserProfile read = PROFILES.read(json, NOW).orElseThrow();
    assertThat(read.onboarding())
        .extracting(OnboardingAnswer::reply)
        .containsExactly(Reply.YES, Reply.NO, Reply.UNKNOWN, Reply.YES);
    assertThat(PROFILES.writeText(read)).contains(item + "true},", item + "false},");
    for (Reply reply : Reply.values()) {
      assertThat(Reply.of(reply.code())).isEqualTo(reply);
    }
  }

  @Test
  void impressionsWithoutAChanceOrWithTooManyArmsAreRejected() {
    String slot =
        """
        {"slot":0,"item_id":"i","score":1,"propensity":0,"source":"bandit"}""";
    assertThat(rejection(IMPRESSIONS, "{\"slots\":[" + slot + "]}", NOW))
        .isEqualTo("slots[0].propensity: must be in (0, 1], was \"0\"");
    String arms = "\"a\",".repeat(EligibleArms.MAX) + "\"a\"";
    assertThat(rejection(IMPRESSIONS, "{\"eligible\":[" + arms + "]}", NOW))
        .startsWith("eligible")
        .endsWith("must have at most 500 elements");
    assertThat(rejection(IMPRESSIONS, "{\"newcomers\":501}", NOW))
        .isEqualTo("newcomers: must be in [0, 500], was \"501\"");
    assertThat(rejection(IMPRESSIONS, "{\"eligible\":[\"a\"],\"newcomers\":2}", NOW))
        .isEqualTo("newcomers: must be at most the 1 eligible arms, was \"2\"");
    assertThat(rejection(IMPRESSIONS, "{\"stage\":\"4\"}", NOW))
        .isEqualTo("stage: must be one of 0, 1-2, 3-19, 20+, was \"4\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"dimension\":2 | \"dimension\":3 | space content@v1 has dimension 3, vector has 2",
        "\"dimension\":2 | \"dimension\":0 | space.dimension: must be in [1, 4096], was \"0\"",
        "\"cosine\" | \"l2\" | space.metric: must be cosine or inner_product, was \"l2\"",
        "AACAPwAAAEA= | AACAPwAA | vector: must be whole 32-bit floats, has 6 bytes",
        "AACAPwAAAEA= | ?? | vector: must be Base64",
        "AACAPwAAAEA= | AADAfwAAAEA= | component 0 must be finite, was NaN",
        "\"version\":\"v1\", | ~~ | space.version: is missing",
      })
  void vectorsOfAnotherDimensionAreRejected(String part, String replacement, String message) {
    assertThat(VECTOR).contains(part);
    WireFormat<ItemVector> format = WireFormats.itemVectors();

    assertThat(rejection(format, VECTOR.replace(part, replacement), NOW)).contains(message);
    assertThat(format.read(VECTOR, NOW).orElseThrow().vector().toArray()).containsExactly(1, 2);
  }

  @Test
  void ticksAreToldFromEvents() {
    byte[] spaced = " { \"tick\" : \"2024-05-01T12:00:00Z\" }".getBytes(StandardCharsets.UTF_8);
    assertThat(Ticks.isTick(spaced)).isTrue();
    assertThat(Ticks.read(spaced).orElseThrow()).isEqualTo(NOW);

    byte[] broken = "{\"tick\":\"noon\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(Ticks.isTick(broken)).isTrue();
    assertThat(Ticks.read(broken)).isInstanceOf(WireResult.Rejected.class);
  }

  @Test
  void erasuresAreToldFromEventsAndNameWhatIsWrongWithThem() {
    String text = "{\"erase\":\"user\",\"id\":\"u1\",\"time\":\"2024-05-01T12:00:00Z\"}";
    byte[] erasure = text.getBytes(StandardCharsets.UTF_8);
    assertThat(Erasures.isErasure(erasure)).isTrue();
    assertThat(Ticks.isTick(erasure)).isFalse();
    assertThat(Erasures.read(erasure).orElseThrow()).isEqualTo(Erasure.of(UserId.of("u1"), NOW));

    byte[] wrong = text.replace("user", "order").getBytes(StandardCharsets.UTF_8);
    assertThat(Erasures.isErasure(wrong)).isTrue();
    assertThat(Erasures.read(wrong))
        .isInstanceOfSatisfying(
            WireResult.Rejected.class,
            rejected ->
                assertThat(rejected.rejection().reason())
                    .isEqualTo("must be one of [user, item], was \"order\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}", "[\"tick\"]", "{\"tic", "{\"ticks\":1}", "{\"a\":\"tick\"}"})
  void otherRecordsAreNoTicks(String json) {
    assertThat(Ticks.isTick(json.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void deepNestingIsRefusedWithoutFollowingIt() {
    String json = "{\"item_id\":" + "[".repeat(100_000);

    assertThat(rejection(ITEMS, json, NOW)).isEqualTo("item_id: must be a text, was \"[\"");
  }

  @Test
  void formatsTravelWithFlinksOperators() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(ITEMS);
    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    String item = "{\"item_id\":\"i\",\"domain\":\"movies\"}";
    assertThat(((WireFormat<?>) copy).read(item, NOW)).isEqualTo(ITEMS.read(item, NOW));
  }

  private static String rejection(WireFormat<?> format, String json, Instant now) {
    WireResult<?> result = format.read(json, now);
    assertThat(result).as(json).isInstanceOf(WireResult.Rejected.class);
    return ((WireResult.Rejected<?>) result).rejection().toString();
  }
}
