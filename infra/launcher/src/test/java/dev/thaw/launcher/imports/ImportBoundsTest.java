package dev.thaw.launcher.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.JsonLines;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an import accepts, the readers of its folder accept; what they would not, it rejects. */
class ImportBoundsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path from;
  private Path to;
  private final Import imports =
      new Import(Order.seeded(1), InstantSource.fixed(NOW), Progress.silent());

  @BeforeEach
  void folders(@TempDir Path parent) throws IOException {
    from = Files.createDirectory(parent.resolve("from"));
    to = parent.resolve("to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "253402300800", "9223372036854775807", "1767226000"})
  void aTimeThatReadersRefuseCostsItsLineAndNotTheBeginOfAll(String time) throws IOException {
    write("movies.dat", "1::A (2000)::Drama");
    write("ratings.dat", "1::1::5::1365029107", "2::1::5::" + time, "3::1::4::1365029108");

    imports.read("movietweetings", from, to, false);

    assertRejected("ratings.dat", 2, "time");
    assertThat(read().events()).hasSize(2);
    Instant first = Instant.ofEpochSecond(1365029107);
    assertThat(read().items()).extracting(CatalogueItem::time).containsOnly(first);
    assertThat(read().users()).extracting(UserProfile::time).containsOnly(first).hasSize(2);
  }

  @Test
  void millisecondsForSecondsAreRejectedLineByLine() throws IOException {
    write("ratings_Books.csv", "a,x,5,1365029107", "b,x,5,1365029107000", "c,y,1,1365029108");

    imports.read("amazon", from, to, false);

    assertRejected("ratings_Books.csv", 2, "time");
    assertThat(read().events()).hasSize(2);
  }

  @Test
  void eventTypesOfTheDataAreConfiguredInItsFolder() throws IOException {
    write("played.csv", "user,item,how", "a,x,", "b,x,shared", "b,y,click", "c,y,No Type");

    imports.read(
        columns("played.csv", null, Map.of("type", "how"), Map.of(), "listen"), from, to, false);

    assertRejected("played.csv", 5, "type");
    assertThat(read().events())
        .extracting(e -> e.type().name())
        .containsExactlyInAnyOrder("listen", "shared", "click");
  }

  @Test
  void aValueThatItsTypeCannotHaveIsRejectedAndSoIsOneBeyondAllNumbers() throws IOException {
    write(
        "shop.csv",
        "user,item,how,amount",
        "a,x,click,",
        "a,x,click,12.5",
        "a,x,purchase,12.5",
        "b,x,purchase,-1",
        "b,x,purchase,1e300");

    imports.read(
        columns("shop.csv", null, Map.of("type", "how", "value", "amount"), Map.of(), "click"),
        from,
        to,
        false);

    assertThat(rejected()).extracting(r -> r.get("line").asInt()).containsExactly(3, 5, 6);
    assertThat(rejected()).extracting(r -> r.get("field").asText()).containsOnly("value");
    assertThat(rejected().get(0).get("reason").asText()).contains("12.5").contains("click");
    assertThat(read().events()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "description", "categories", "attribute.maker", "image"})
  void wordsThatReadersFindTooLongCostTheirLineAndNotTheEventsOfTheItem(String column)
      throws IOException {
    String longest = "x".repeat(WireLimits.MAX_DESCRIPTION + 1);
    write("items.tsv", "id\twords", "x\tshort", "y\t" + longest, "z\tshort");
    write("events.tsv", "user\titem", "a\tx", "a\ty");

    imports.read(
        columns("events.tsv", "items.tsv", Map.of(), Map.of(column, "words"), "click"),
        from,
        to,
        false);

    assertRejected("items.tsv", 3, column.replace("attribute", "attributes"));
    assertThat(read().events()).hasSize(2);
    assertThat(read().items()).hasSize(3);
  }

  @Test
  void aLineThatIsRefusedLeavesNothingBehind() throws IOException {
    write(
        "shop.jsonl",
        "{\"user\":\"a\",\"item\":\"x\",\"domain\":\"lamps\"}",
        "{\"user\":\"\\ud800\",\"item\":\"odd\",\"domain\":\"odd\"}");

    Import.Summary summary =
        imports.read(
            columns("shop.jsonl", null, Map.of("domain", "domain"), Map.of(), "click"),
            from,
            to,
            false);

    assertThat(summary).isEqualTo(new Import.Summary(1, 1, 1, 1));
    assertThat(Files.readString(DataFolder.open(to).domains())).doesNotContain("odd");
    assertThat(read().events()).hasSize(1);
  }

  @Test
  void strayQuotesCostNoOtherLineAndOneThatIsNeverClosedOnlyItsOwn() throws IOException {
    write(
        "items.tsv",
        "id\twords",
        "1\t24\" monitor",
        "2\tLamp",
        "3\t27\" screen",
        "4\tDesk",
        "5\t\"open");
    write("events.tsv", "user\titem", "a\t1", "a\t2");

    imports.read(
        columns("events.tsv", "items.tsv", Map.of(), Map.of("title", "words"), "click"),
        from,
        to,
        false);

    assertRejected("items.tsv", 6, "line");
    assertThat(read().items())
        .extracting(CatalogueItem::title)
        .containsExactly("24\" monitor", "Lamp", "27\" screen", "Desk");
  }

  @Test
  void aRecordOfSeveralLinesIsRejectedWithAnyOfThem() throws IOException {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    for (String line :
        List.of(
            "id,words",
            "1,\"one",
            "caf\u00e9",
            "line\"",
            "2,\"two",
            "x".repeat(Lines.MOST_BYTES + 1),
            "lines\"",
            "caf\u00e9,\"three",
            "end of it\"",
            "4,\"four",
            "caf\u00e9\"",
            "5,\"five\"",
            "6,\"six",
            "or seven\"")) {
      items.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    Files.write(from.resolve("items.csv"), items.toByteArray());
    write("events.tsv", "user\titem", "a\t5", "a\t6");

    imports.read(
        columns("events.tsv", "items.csv", Map.of(), Map.of("title", "words"), "click"),
        from,
        to,
        false);

    assertThat(read().items())
        .extracting(CatalogueItem::title)
        .containsExactly("five", "six\nor seven");
    assertThat(rejected())
        .extracting(r -> r.get("line").asInt())
        .containsExactly(3, 2, 6, 5, 8, 9, 11, 10);
    assertThat(rejected().get(1).get("reason").asText()).contains("goes on in line 3");
    assertThat(rejected().get(5).get("reason").asText()).contains("belongs to line 8");
    assertThat(rejected().get(5).get("input").asText()).contains("end of it");
  }

  @Test
  void anOrderOutsideOfWhatReadersAcceptIsRefused() {
    InstantSource clock = InstantSource.fixed(NOW);
    Duration day = Duration.ofDays(1);
    assertThatThrownBy(() -> new Import(new Order(1, NOW.plus(day), day), clock, Progress.silent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(NOW.toString());
    assertThatThrownBy(() -> new Order(1, NOW, Duration.ofDays(40_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1970");
  }

  private static ColumnMapping columns(
      String events,
      @org.jspecify.annotations.Nullable String items,
      Map<String, String> moreOfEvents,
      Map<String, String> moreOfItems,
      String type) {
    Map<String, String> ofEvents = new java.util.HashMap<>(Map.of("user", "user", "item", "item"));
    ofEvents.putAll(moreOfEvents);
    Map<String, String> ofItems = new java.util.HashMap<>(Map.of("id", "id"));
    ofItems.putAll(moreOfItems);
    return new ColumnMapping(
        events,
        items,
        null,
        ofEvents,
        ofItems,
        Map.of(),
        true,
        "shop",
        type,
        1,
        5,
        4,
        ColumnMapping.TimeUnitOfColumn.SECONDS);
  }

  private void write(String file, String... lines) throws IOException {
    Files.write(from.resolve(file), List.of(lines));
  }

  private void assertRejected(String file, int line, String field) throws IOException {
    assertThat(rejected())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.get("file").asText()).isEqualTo(file);
              assertThat(r.get("line").asInt()).isEqualTo(line);
              assertThat(r.get("field").asText()).startsWith(field);
            });
  }

  private List<JsonNode> rejected() throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(DataFolder.open(to).rejected())) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  private record Folder(List<CatalogueItem> items, List<UserProfile> users, List<Event> events) {}

  /** As {@code thaw run} reads it; nothing may be rejected. */
  private Folder read() throws IOException {
    DataFolder folder = DataFolder.open(to);
    DomainDefinitions domains = DomainDefinitions.load(folder.domains());
    return new Folder(
        read(folder.items(), WireFormats.items(domains, WireLimits.DEFAULT)),
        read(folder.users(), WireFormats.profiles(domains, WireLimits.DEFAULT)),
        read(folder.events(), WireFormats.events(domains, WireLimits.DEFAULT)));
  }

  private static <T> List<T> read(Path file, WireFormat<T> format) throws IOException {
    List<T> all = new ArrayList<>();
    JsonLines.read(
        file,
        format,
        NOW,
        all::add,
        letter -> {
          throw new AssertionError(letter.source() + ": " + letter.rejection());
        });
    return all;
  }
}
