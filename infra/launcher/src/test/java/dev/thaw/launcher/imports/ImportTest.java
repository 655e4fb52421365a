package dev.thaw.launcher.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path from;
  private Path to;
  private final Import imports =
      new Import(Order.seeded(1), InstantSource.system(), Progress.silent());

  @BeforeEach
  void folders(@TempDir Path parent) throws IOException {
    from = Files.createDirectory(parent.resolve("from"));
    to = parent.resolve("to");
  }

  @Test
  void movieLens100kIsReadAsLatin1AndPutInOrderOfTime() throws IOException {
    write("u.genre", "unknown|0", "Drama|1");
    write(
        "u.item",
        StandardCharsets.ISO_8859_1,
        "1|Misérables, Les (1995)|||u|0|1",
        "2|unknown||||1|0");
    write("u.user", "7|24|M|technician|85711");
    write("u.data", "7\t1\t5\t881250949", "7\t2\t3\t881250940", "7\t1\t9\t881250950", "7\t1\tx\t1");

    Import.Summary summary = imports.read("movielens-100k", from, to, false);

    assertThat(summary).isEqualTo(new Import.Summary(2, 1, 2, 2));
    DataFolder folder = DataFolder.open(to);
    assertThat(lines(folder.events()))
        .extracting(e -> e.get("item_id").asText(), e -> e.get("time").asText())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("2", "1997-12-04T15:55:40Z"),
            org.assertj.core.groups.Tuple.tuple("1", "1997-12-04T15:55:49Z"));
    JsonNode film = lines(folder.items()).get(0);
    assertThat(film.get("title").asText()).isEqualTo("Misérables, Les (1995)");
    assertThat(film.get("categories").get(0).asText()).isEqualTo("Drama");
    assertThat(film.get("attributes").get("decade").asText()).isEqualTo("1990s");
    assertThat(lines(folder.items()).get(1).get("title").asText()).isEmpty();
    JsonNode attributes = lines(folder.users()).get(0).get("attributes");
    assertThat(attributes.get("age_band").asText()).isEqualTo("18-24");
    assertThat(attributes.get("region").asText()).isEqualTo("zip-8");
    assertThat(lines(folder.rejected()))
        .extracting(r -> r.get("line").asInt(), r -> r.get("field").asText())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(3, "rating"),
            org.assertj.core.groups.Tuple.tuple(4, "rating"));
    assertThat(lines(folder.rejected()).get(0).get("reason").asText())
        .isEqualTo("rating must be in [1.0, 5.0], was 9.0");
  }

  @Test
  void untimedMovieLens1mGetsTheSameOrderEveryTimeAndItsPlots() throws IOException {
    write("movies.dat", "1::Toy Story (1995)::Animation|Comedy");
    write(
        "movies_extrainfos.dat",
        "1::Toy Story::1995::G::22 Nov 1995::Animation::John Lasseter::W::Tom Hanks, Tim Allen::A"
            + " doll — named Woody::http");
    write("users.dat", "1::F::1::10::48067", "2::M::56::99::1");
    writeGzip("ratings.csv.gz", "user,item,rating,split", "1,1,5,a", "2,1,4,b", "3,1,3,c");

    Import.Summary summary = imports.read("movielens-1m", from, to, false);
    String first = Files.readString(DataFolder.open(to).events());
    imports.read("movielens-1m", from, to, true);

    assertThat(summary.rejected()).isEqualTo(1);
    assertThat(Files.readString(DataFolder.open(to).events())).isEqualTo(first);
    JsonNode film = lines(DataFolder.open(to).items()).get(0);
    assertThat(film.get("description").asText()).isEqualTo("A doll — named Woody");
    assertThat(film.get("attributes").get("actor").asText()).isEqualTo("Tom Hanks|Tim Allen");
    JsonNode provenance = JSON.readTree(DataFolder.open(to).provenance().toFile());
    assertThat(provenance.get("times").get("untimed_events").asInt()).isEqualTo(3);
    assertThat(provenance.get("times").get("seed").asInt()).isEqualTo(1);
  }

  @Test
  void anotherSeedGivesAnotherOrder() {
    InteractionTable one = untimed(500);
    InteractionTable two = untimed(500);
    Order.seeded(1).apply(one, new java.util.SplittableRandom(1));
    Order.seeded(2).apply(two, new java.util.SplittableRandom(2));

    assertThat(one.inOrderOfTime()).isNotEqualTo(two.inOrderOfTime());
    assertThat(one.time(one.inOrderOfTime()[499])).isLessThan(Order.seeded(1).end().toEpochMilli());
    assertThat(one.untimed()).isZero();
  }

  @Test
  void amazonDomainsComeFromFileNamesAndClashingIdsArePrefixed() throws IOException {
    write("books_dedup.tsv", "user\titem\trating", "A\tX1\t4.5", "A\tX2\t3");
    write("ratings_Movies.csv", "A,X1,5,1365029107", "B,M2,1,1365029108");
    write(
        "item_titles.tsv",
        "domain\titem\ttitle\tsource",
        "books\tX1\tA Dance with Dragons\ts",
        "toys\t1\tT\ts");

    Import.Summary summary = imports.read("amazon", from, to, false);

    assertThat(summary).isEqualTo(new Import.Summary(4, 2, 4, 1));
    assertThat(lines(DataFolder.open(to).items()))
        .extracting(i -> i.get("item_id").asText())
        .containsExactly("books:X1", "books:X2", "movies:X1", "movies:M2");
    assertThat(Files.readString(DataFolder.open(to).domains()))
        .contains("name: books")
        .contains("sources: [movies]");
    assertThat(lines(DataFolder.open(to).events()))
        .filteredOn(e -> e.get("item_id").asText().equals("books:X1"))
        .extracting(e -> e.get("value").asDouble())
        .containsExactly(4.5);
  }

  @Test
  void latestAndTweetingsReadTheirQuotesAndScales() throws IOException {
    write(
        "movies.csv", "movieId,title,genres", "11,\"American President, The (1995)\",Comedy|Drama");
    write(
        "ratings.csv",
        "userId,movieId,rating,timestamp",
        "1,11,0.5,964982703",
        "1,11,0.0,964982704");
    assertThat(imports.read("ml-latest", from, to, false))
        .isEqualTo(new Import.Summary(1, 1, 1, 1));
    assertThat(lines(DataFolder.open(to).items()).get(0).get("title").asText())
        .isEqualTo("American President, The (1995)");

    write("movies.dat", "0002844::Fantômas - À l'ombre (1913)::Crime|Drama");
    write("ratings.dat", "1::0002844::10::1365029107", "2::0002844::0::1365029108");
    assertThat(imports.read("movietweetings", from, to, true))
        .isEqualTo(new Import.Summary(1, 2, 2, 0));
  }

  @Test
  void anyTableIsReadByItsColumns() throws IOException {
    write(
        "shop.csv",
        "when,who,what,how,amount",
        "2026-01-31T12:00:00+01:00,ann,\"sku,1\",purchase,12.5",
        "2026-01-31T11:30:00Z,bob,sku2,view,",
        "yesterday,bob,sku2,view,");
    write(
        "things.jsonl",
        "{\"sku\":\"sku,1\",\"name\":\"Lamp\",\"tags\":[\"home\",\"light\"],\"maker\":\"X\","
            + "\"photo\":\"lamps/1.jpg\"}",
        "[1]");
    ColumnMapping mapping =
        new ColumnMapping(
            "shop.csv",
            "things.jsonl",
            null,
            Map.of("user", "who", "item", "what", "time", "when", "type", "how", "value", "amount"),
            Map.of(
                "id",
                "sku",
                "title",
                "name",
                "categories",
                "tags",
                "attribute.maker",
                "maker",
                "image",
                "photo"),
            Map.of(),
            true,
            "shop",
            "view",
            1,
            5,
            4,
            ColumnMapping.TimeUnitOfColumn.ISO);

    assertThat(imports.read(mapping, from, to, false)).isEqualTo(new Import.Summary(2, 2, 2, 2));
    JsonNode bought = lines(DataFolder.open(to).events()).get(0);
    assertThat(bought.get("time").asText()).isEqualTo("2026-01-31T11:00:00Z");
    assertThat(bought.get("item_id").asText()).isEqualTo("sku,1");
    JsonNode lamp = lines(DataFolder.open(to).items()).get(0);
    assertThat(lamp.get("categories"))
        .extracting(JsonNode::asText)
        .containsExactly("home", "light");
    assertThat(lamp.get("attributes").get("maker").asText()).isEqualTo("X");
    assertThat(lamp.get("image").asText()).isEqualTo("lamps/1.jpg");
  }

  @Test
  void badBytesLongLinesAndOpenQuotesCostOnlyThemselves() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("1::1::5::10\n".getBytes(StandardCharsets.UTF_8));
    bytes.write('1');
    bytes.write(0xff);
    bytes.writeBytes("::1::5::10\n".getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes("2::".repeat(400_000).getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes("\r\n3::1::5::12\r\n".getBytes(StandardCharsets.UTF_8));
    Files.write(from.resolve("ratings.dat"), bytes.toByteArray());
    write("movies.dat", "1::A::B");

    assertThat(imports.read("movietweetings", from, to, false))
        .isEqualTo(new Import.Summary(1, 2, 2, 2));
    assertThat(lines(DataFolder.open(to).rejected()))
        .extracting(r -> r.get("reason").asText())
        .containsExactly("is not valid UTF-8", "must have at most 1048576 bytes, had 1200001");
  }

  @Test
  void aMissingFileAnEmptyOneAndATakenFolderAreSaidAndLeaveNothingBehind() throws IOException {
    assertThatThrownBy(() -> imports.read("movietweetings", from, to, false))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("movies.dat");
    write("movies.dat", "1::A::B");
    write("ratings.dat");
    assertThatThrownBy(() -> imports.read("movietweetings", from, to, false))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("no usable event");
    assertThatThrownBy(() -> imports.read("netflix", from, to, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("movielens-100k");
    assertThat(to).doesNotExist();
    assertThat(to.resolveSibling("to.partial")).doesNotExist();
    Files.createDirectory(to);
    Files.writeString(to.resolve("thesis.txt"), "mine");
    write("ratings.dat", "1::1::5::10");
    assertThatThrownBy(() -> imports.read("movietweetings", from, to, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a data folder");
    assertThat(to.resolve("thesis.txt")).exists();
  }

  @Test
  void orderOfTimeIsStable() {
    InteractionTable table = new InteractionTable();
    long[] times = {5, 3, 5, 1, 3, 3, 9};
    for (int i = 0; i < times.length; i++) {
      table.add(i, 0, 0, 1, times[i]);
    }
    assertThat(table.inOrderOfTime()).containsExactly(3, 1, 4, 5, 0, 2, 6);
  }

  private static InteractionTable untimed(int n) {
    InteractionTable table = new InteractionTable();
    for (int i = 0; i < n; i++) {
      table.add(i, 0, 0, 1, InteractionTable.UNTIMED);
    }
    return table;
  }

  private void write(String file, String... lines) throws IOException {
    write(file, StandardCharsets.UTF_8, lines);
  }

  private void write(String file, Charset charset, String... lines) throws IOException {
    Files.write(from.resolve(file), List.of(lines), charset);
  }

  private void writeGzip(String file, String... lines) throws IOException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(from.resolve(file)))) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }
}
