package dev.thaw.featuredefinitions.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFormatTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");
  private static final String GOOD =
      """
      {"event_id":"e1","user_id":"u1","item_id":"i1","domain":"movies","type":"rating",\
      "value":4.5,"time":"2024-05-01T11:59:00Z","context":{"device":"phone"},\
      "request_id":"r1","slot":1,"propensity":0.25}""";

  private final WireFormat<Event> format =
      WireFormats.events(DomainDefinitions.shipped(), WireLimits.DEFAULT);

  @Test
  void readsEveryField() {
    Event expected =
        new Event(
            EventId.of("e1"),
            UserId.of("u1"),
            ItemId.of("i1"),
            DomainId.of("movies"),
            EventType.RATING,
            4.5,
            Instant.parse("2024-05-01T11:59:00Z"),
            Map.of("device", "phone"),
            RequestId.of("r1"),
            1,
            0.25);

    assertThat(format.read(GOOD, NOW).orElseThrow()).isEqualTo(expected);
    assertThat(format.writeText(expected)).isEqualTo(GOOD);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheRecord() {
    byte[] posted = ("\n\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8);

    assertThat(format.read(posted, 1, posted.length - 1, NOW).orElseThrow())
        .isEqualTo(format.read(GOOD, NOW).orElseThrow());
    assertThat(format.read("\uFEFF", NOW).accepted()).isEmpty();
  }

  @Test
  void whatARejectionShowsCanBeWrittenAsARecordItself() {
    WireResult<Event> read = format.read(GOOD.replace("2024-05-01T11:59:00Z", "\\ud800"), NOW);

    Rejection rejection = ((WireResult.Rejected<Event>) read).rejection();
    assertThat(rejection.value()).isEqualTo("\uFFFD");
  }

  @Test
  void nullsAreAbsentAndTimesMayBeMillisecondsOrHaveAnOffset() {
    String json =
        """
        {"time": 1714564740000, "type": "click", "domain": "books", "item_id": "i", "user_id": "u",
         "event_id": "e", "value": null, "context": null, "slot": null}""";

    Event event = format.read(json, NOW).orElseThrow();

    assertThat(event.value()).isNull();
    assertThat(event.time()).isEqualTo(Instant.parse("2024-05-01T11:59:00Z"));
    String offset = json.replace("1714564740000", "\"2024-05-01T13:59:00+02:00\"");
    assertThat(format.read(offset, NOW).orElseThrow()).isEqualTo(event);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"value\":4.5 | \"value\":7 | value | [0.5, 5.0] | 7.0",
        "\"value\":4.5 | \"value\":null | value | missing |",
        "\"value\":4.5 | \"value\":\"4.5\" | value | a number | 4.5",
        "\"value\":4.5 | \"value\":1e999 | value | finite | 1e999",
        "\"value\":4.5 | \"value\":NaN | value | not JSON |",
        "rating | applause | type | one of view, click, like, rating, purchase, skip | applause",
        "\"rating\" | \"like\" | value | not to a like | 4.5",
        "movies | songs | domain | one of movies, books | songs",
        "\"user_id\":\"u1\" | \"user_id\":17 | user_id | a text | 17",
        "\"user_id\":\"u1\" | \"user_id\":\"\" | user_id | not be empty |",
        "\"user_id\":\"u1\", | ~~ | user_id | missing |",
        "\"user_id\":\"u1\" | \"user_id\":\"u1\",\"user_id\":\"u2\" | user_id | twice |",
        "\"user_id\" | \"userId\" | userId | unknown field, known are event_id |",
        "2024-05-01T11:59:00Z | 2024-05-01T12:05:01Z | time | 300 s ahead | 2024-05-01T12:05:01Z",
        "2024-05-01T11:59:00Z | 1969-12-31T23:59:59Z | time | before 1970 | 1969-12-31T23:59:59Z",
        "2024-05-01T11:59:00Z | 2024-05-01T11:59:00 | time | with zone | 2024-05-01T11:59:00",
        "2024-05-01T11:59:00Z | 2024-02-30T11:59:00Z | time | ISO 8601 | 2024-02-30T11:59:00Z",
        "\"slot\":1 | \"slot\":-1 | slot | [0, 2147483647] | -1",
        "\"slot\":1 | \"slot\":1.5 | slot | integer | 1.5",
        "\"slot\":1, | ~~ | propensity | needs the slot | 0.25",
        "\"request_id\":\"r1\", | ~~ | slot | needs the request_id | 1",
        "0.25 | 0 | propensity | (0, 1] | 0",
        "\"phone\" | 3 | context.device | a text | 3",
        "\"u1\" | \"\\ud83d\" | user_id | surrogate |",
        "0.25} | 0.25 | propensity | not JSON |",
        "0.25} | 0.25} {} | ~~ | more follows |",
      })
  void namesFieldValueAndBound(
      String part, String replacement, String field, String reason, String value) {
    assertThat(GOOD).contains(part);

    Rejection rejection = reject(GOOD.replace(part, replacement));

    assertThat(rejection.field()).isEqualTo(field);
    assertThat(rejection.reason()).contains(reason);
    assertThat(rejection.value()).isEqualTo(value == null ? "" : value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"~~ | empty", "[] | object", "17 | object", "{ | not JSON", "} | not JSON"})
  void whatIsNoObjectIsRejectedAsAWhole(String json, String reason) {
    assertThat(reject(json).reason()).contains(reason);
    assertThat(reject(json).field()).isEmpty();
  }

  @Test
  void tooLongTextsNameTheBoundAndKeepLittle() {
    Rejection id = reject(GOOD.replace("\"u1\"", "\"" + "x".repeat(300) + "\""));
    assertThat(id.toString()).isEqualTo("user_id: must have at most 256 characters, had 300");

    Rejection word = reject(GOOD.replace("phone", "x".repeat(2001)));
    assertThat(word.field()).isEqualTo("context.device");
    assertThat(word.reason()).isEqualTo("must have at most 2000 characters, had 2001");
    assertThat(word.value()).hasSize(Rejection.MAX_VALUE + 3);

    Rejection record = reject(GOOD.replace("phone", "x".repeat(10 << 20)));
    assertThat(record.reason()).isEqualTo("must have at most 1048576 bytes, had 10485952");
  }

  @Test
  void contextHasAtMost32Entries() {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < 33; i++) {
      entries.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"v\"");
    }
    Rejection rejection = reject(GOOD.replace("\"device\":\"phone\"", entries));

    assertThat(rejection.toString()).isEqualTo("context: must have at most 32 entries");
  }

  @Test
  void bytesThatAreNotUtf8AreRejectedWithTheirPlace() {
    byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
    bytes[15] = (byte) 0xC0; // starts an overlong sequence, which parsers often let pass
    bytes[16] = (byte) 0x80;

    var result = (WireResult.Rejected<Event>) format.read(bytes, NOW);

    assertThat(result.rejection().value()).isEqualTo("0xC0");
    assertThat(result.rejection().reason()).isEqualTo("must be UTF-8, is not from byte 15 on");
  }

  @Test
  void anyTimeIsRightForTheEndOfTime() {
    assertThat(format.read(GOOD, Instant.MAX)).isInstanceOf(WireResult.Accepted.class);
    assertThat(format.read(GOOD.replace("2024", "9999"), Instant.MAX))
        .isInstanceOf(WireResult.Accepted.class);
  }

  private Rejection reject(String json) {
    WireResult<Event> result = format.read(json, NOW);
    assertThat(result).isInstanceOf(WireResult.Rejected.class);
    return ((WireResult.Rejected<Event>) result).rejection();
  }
}
