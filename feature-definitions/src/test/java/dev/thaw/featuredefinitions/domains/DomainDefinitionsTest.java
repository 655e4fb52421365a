package dev.thaw.featuredefinitions.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.yaml.YamlFault;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainDefinitionsTest {
  private static final String GOOD =
      """
      version: 1
      event_types: [share]
      domains:
        - name: movies
          rating: {min: 1, max: 5}
          positive: {rating_at_least: 4, types: [like, share]}
          attributes: [region]
          sources: [books]
        - name: books
          rating: {min: 0, max: 10}
          positive: {rating_at_least: 7.5, types: []}
      """;

  private final DomainDefinitions domains = read(GOOD);

  @ParameterizedTest
  @CsvSource({
    "rating, 3, 3, false",
    "rating, 4, 4, true",
    "like, , 5, true",
    "purchase, 99, 5, false",
    "click, , 4, false",
    "share, , , true",
    "skip, , , false"
  })
  void putsInteractionsOnTheRatingScale(
      String type, Double value, Double strength, boolean positive) {
    Event plain =
        Event.of(
            EventId.of("e"),
            UserId.of("u"),
            ItemId.of("i"),
            DomainId.of("movies"),
            new EventType(type),
            Instant.EPOCH);
    Event event = value == null ? plain : plain.withValue(value);

    assertThat(domains.strength(event).isPresent()).isEqualTo(strength != null);
    if (strength != null) {
      assertThat(domains.strength(event)).hasValue(strength);
    }
    assertThat(domains.isPositive(event)).isEqualTo(positive);
  }

  @Test
  void knowsShippedAndConfiguredTypes() {
    assertThat(domains.eventType("share")).contains(new EventType("share"));
    assertThat(domains.eventType("click")).contains(EventType.CLICK);
    assertThat(domains.eventType("applause")).isEmpty();
    assertThat(DomainDefinitions.shipped().eventTypes()).isEqualTo(EventType.SHIPPED);
  }

  @Test
  void unknownDomainNamesTheKnownOnes() {
    assertThat(domains.get(DomainId.of("songs"))).isEmpty();
    assertThatThrownBy(() -> domains.require(DomainId.of("songs")))
        .hasMessage("domain must be one of movies, books, was songs");
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertThat(read(domains.toYaml())).isEqualTo(domains);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(domains);
    assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
        .isEqualTo(domains);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[share] | [Share] | 2 | event_types: type must be 1 to 32 characters of a-z",
        "name: books | name: movies | 9 | domains[1].name: must be unique, was \"movies\"",
        "name: books | name: [a] | 9 | domains[1].name: must be one word",
        "min: 1, max: 5 | min: 5, max: 1 | 5 | rating: of movies must have finite min < max, was"
            + " [5.0, 1.0]",
        "min: 1, max: 5 | min: 1 | 5 | domains[0].rating.max: is missing",
        "min: 1, | min: one, | 5 | domains[0].rating.min: must be a number, was \"one\"",
        "at_least: 4 | at_least: 6 | 6 | rating_at_least of movies must be in [1.0, 5.0], was 6.0",
        "[like, share] | [like, clap] | 6 | domains[0].positive.types: must be among",
        "[like, share] | [rating] | 6 | must not hold rating",
        "sources: [books] | sources: [songs] | 8 | sources: must be among [movies, books]",
        "sources: [books] | sources: [movies] | 8 | of movies must be other domains",
        "attributes: | atributes: | 7 | domains[0].atributes: unknown key",
      })
  void faultsNameLineKeyValueAndBound(String part, String replacement, int line, String message) {
    assertThat(GOOD).contains(part);

    assertThatThrownBy(() -> read(GOOD.replace(part, replacement == null ? "" : replacement)))
        .isInstanceOf(YamlFault.class)
        .hasMessageStartingWith("domains.yaml:" + line + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void noDomainAtAllIsRefused() {
    assertThatThrownBy(() -> read("version: 1\ndomains: []"))
        .hasMessageContaining("domains.yaml:2: domains: must name at least one domain");
  }

  private static DomainDefinitions read(String text) {
    return DomainsYaml.read(YamlMapping.parse("domains.yaml", text));
  }
}
