package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormats;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final String SUFFIX = " (lists)";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path home;

  private Path split;
  private Path own;

  /** A split written for others, and lists of our own methods in the form that others write. */
  @BeforeEach
  void export() throws IOException {
    Path folder =
        new SmallFolder("movies", "toys")
            .users(60, "movies")
            .users(20, "toys")
            .write(home.resolve("data"));
    split = home.resolve("split");
    own = home.resolve("own.tsv");
    assertThat(
            compare(
                "--data", folder, "--domain", "movies", "--export", split, "--write-lists", own))
        .as(err.toString())
        .isZero();
  }

  private int compare(Object... options) {
    List<String> args =
        new ArrayList<>(
            List.of("compare", "--encoder", "none", "--without-networks", "--k", "0,3"));
    for (Object each : options) {
      args.add(each.toString());
    }
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }

  private Path json() {
    return home.resolve("figures.json");
  }

  private int score(Path lists) {
    return compare("--split", split, "--lists", lists, "--json", json());
  }

  private JsonNode figures() throws IOException {
    return new ObjectMapper().readTree(json().toFile()).get(0);
  }

  /** By method and K, without what tells the two sides apart. */
  private Map<String, JsonNode> rows(String table, boolean lists) throws IOException {
    Map<String, JsonNode> rows = new HashMap<>();
    for (JsonNode each : figures().get(table)) {
      ObjectNode row = each.deepCopy();
      String method = row.remove("method").asText();
      row.remove("versus");
      row.remove("versusPopularity");
      if (method.endsWith(SUFFIX) == lists) {
        String key = method.replace(SUFFIX, "") + " at " + row.get("k").asInt();
        rows.put(row.has("third") ? key + row.get("third").asText() : key, row);
      }
    }
    return rows;
  }

  @Test
  void aListOfOneOfOurMethodsScoresExactlyThatMethodsFigures() throws IOException {
    assertThat(score(own)).as(err.toString()).isZero();
    for (String table : List.of("rankings", "thirds", "curve")) {
      assertThat(rows(table, true)).as(table).isEqualTo(rows(table, false));
    }
    Map<String, JsonNode> ours = rows("rankings", false);
    assertThat(ours)
        .containsKeys("naive-bayes at 3", "popularity at 0", "hybrid (default table) at 3");
    assertThat(ours.get("naive-bayes at 3").get("ndcg10").get("mean").asDouble())
        .as("lists that are no popularity in disguise")
        .isNotEqualTo(ours.get("popularity at 3").get("ndcg10").get("mean").asDouble());
  }

  @Test
  void itIsComparedWithEachOfOursByPairedIntervals() throws IOException {
    assertThat(score(own)).as(err.toString()).isZero();
    for (JsonNode row : figures().get("rankings")) {
      if (row.get("method").asText().equals("naive-bayes" + SUFFIX) && row.get("k").asInt() == 3) {
        assertThat(row.get("versus")).hasSize(rows("rankings", false).size() / 2);
        for (JsonNode each : row.get("versus")) {
          boolean same = each.get("method").asText().equals("naive-bayes");
          assertThat(each.get("difference").get("low").asDouble() == 0).isEqualTo(same);
        }
      }
    }
    assertThat(out.toString()).contains("naive-bayes (lists) minus each method of ours");
  }

  @Test
  void itsSplitIsTheOneOurMethodsAreMeasuredOn() throws IOException {
    assertThat(score(own)).as(err.toString()).isZero();
    Map<String, JsonNode> compared = rows("rankings", false);
    int code =
        Thaw.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                "evaluate",
                "--data",
                home.resolve("data").toString(),
                "--domain",
                "movies",
                "--encoder",
                "none",
                "--without-networks",
                "--k",
                "0,3",
                "--json",
                json().toString());
    assertThat(code).as(err.toString()).isZero();
    assertThat(compared).isEqualTo(rows("rankings", false));
  }

  @Test
  void whatCanNotBeUsedIsALetterWithLineAndFieldAndItsPlaceAMiss() throws IOException {
    List<String> support = Files.readAllLines(split.resolve("support.tsv"));
    String[] given = support.get(1).split("\t", -1);
    String user = given[0];
    List<String> rows = new ArrayList<>(List.of("k\tuser\trank\titem"));
    for (String line : Files.readAllLines(own)) {
      String[] cells = line.split("\t", -1);
      if (cells[0].equals("3") && cells[4].equals("naive-bayes")) {
        rows.add(String.join("\t", List.of(cells).subList(0, 4)));
      }
    }
    int good = rows.size();
    rows.replaceAll(
        row -> row.startsWith("3\t" + user + "\t1\t") ? "3\t" + user + "\t1\t" + given[1] : row);
    rows.add("3\tnobody\t1\t" + given[1]);
    rows.add("3\t" + user + "\t30\tno such item");
    rows.add("7\t" + user + "\t1\t" + given[1]);
    rows.add("3\t" + user + "\tfirst\t" + given[1]);
    rows.add("3\t" + user + "\t2\t" + given[1]);
    rows.add("3\t" + user);
    Path lists = Files.write(home.resolve("other.tsv"), rows);
    assertThat(score(lists)).as(err.toString()).isEqualTo(3);

    List<DeadLetter> letters = new ArrayList<>();
    for (String line : Files.readAllLines(home.resolve("other.tsv.rejected.jsonl"))) {
      letters.add(WireFormats.deadLetters().read(line, Instant.MAX).orElseThrow());
    }
    int known = 1 + rows.indexOf("3\t" + user + "\t1\t" + given[1]);
    assertThat(letters)
        .extracting(DeadLetter::toString)
        .containsExactly(
            "other.tsv:"
                + known
                + ": item: must be none of the items given of this user at this"
                + " k, or that the split fixes, was \""
                + given[1]
                + '"',
            "other.tsv:"
                + (good + 1)
                + ": user: must be a held-out user of the split, was \"nobody\"",
            "other.tsv:"
                + (good + 2)
                + ": item: must be in the catalogue of the split, was \"no such item\"",
            "other.tsv:" + (good + 3) + ": k: must be one of [0, 3], was \"7\"",
            "other.tsv:"
                + (good + 4)
                + ": rank: must be a whole number in [1, 1000], was \"first\"",
            "other.tsv:"
                + (good + 5)
                + ": rank: must be another for each row of a user and k, was \"2\"",
            "other.tsv:" + (good + 6) + ": record: must have a cell for each column of the head");
    assertThat(letters.get(0).input()).isEqualTo("3\t" + user + "\t1\t" + given[1]);
    assertThat(out.toString()).contains("7 rows could not be used and count as misses");
    // at 0 there is no list at all
    assertThat(figures().get("skipped").get("other (lists) at 0").asText())
        .contains("no list for", "popularity counts");
    assertThat(rows("rankings", true).get("other at 0").get("answered").asInt()).isZero();
  }

  @Test
  void aFileWithoutAColumnOrAnyListIsRefusedByName() throws IOException {
    Path without = Files.write(home.resolve("without.tsv"), List.of("k\tuser\titem", "3\tu1\tx"));
    assertThat(score(without)).isEqualTo(2);
    assertThat(err.toString()).contains("without.tsv has no column rank");
    Path empty = Files.write(home.resolve("empty.tsv"), List.of("k\tuser\trank\titem"));
    assertThat(score(empty)).isEqualTo(1);
    assertThat(err.toString()).contains("empty.tsv holds no list of a held-out user");
  }
}
