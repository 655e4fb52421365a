package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.models.bridge.BridgeTrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  private final StringWriter err = new StringWriter();

  @TempDir Path home;

  private int evaluate(Path folder, StringWriter out) {
    return evaluate(folder, out, "--k", "0,3");
  }

  private int evaluate(Path folder, StringWriter out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--data",
                folder.toString(),
                "--encoder",
                "none",
                "--json",
                json().toString()));
    args.addAll(List.of(more));
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }

  private Path json() {
    return home.resolve("figures.json");
  }

  private JsonNode figures() throws IOException {
    return new ObjectMapper().readTree(json().toFile());
  }

  @Test
  void aColdDomainIsSkippedWithItsReasonAndTheOthersAreMeasured() throws IOException {
    Path folder = new SmallFolder("movies", "toys").users(60, "movies").write(home.resolve("data"));
    StringWriter out = new StringWriter();
    assertThat(evaluate(folder, out)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("Domain movies", "popularity", "Domain toys")
        .contains("skipped toys: nobody has interacted with anything there");
    assertThat(figures()).hasSize(2);
    assertThat(figures().get(0).get("rankings")).isNotEmpty();
    assertThat(figures().get(1).get("domain").asText()).isEqualTo("toys");
    assertThat(figures().get(1).get("rankings")).isEmpty();
    assertThat(figures().get(1).get("skipped").get("toys").asText()).contains("nobody");
  }

  @Test
  void domainsThatShareTooFewUsersAreMeasuredWithoutTheirPair() throws IOException {
    Path folder =
        new SmallFolder("movies", "toys")
            .users(60, "movies")
            .users(9, "toys")
            .write(home.resolve("data"));
    StringWriter out = new StringWriter();
    assertThat(evaluate(folder, out)).as(err.toString()).isZero();
    for (JsonNode domain : figures()) {
      String source = domain.get("domain").asText().equals("toys") ? "movies" : "toys";
      assertThat(domain.get("rankings")).isNotEmpty();
      assertThat(domain.get("skipped").get("bridge from " + source).asText())
          .contains("needs at least " + BridgeTrainer.MIN_OVERLAP + " users of both domains");
      assertThat(domain.get("skipped").get("item-to-item ridge " + source).asText())
          .contains("needs at least 10 users of both domains");
    }
    assertThat(out.toString()).contains("skipped bridge from toys: needs at least");
  }

  @Test
  void whereNothingCanBeMeasuredItFailsAndSaysWhy() throws IOException {
    Path folder = new SmallFolder("movies", "toys").users(2, "toys").write(home.resolve("data"));
    assertThat(evaluate(folder, new StringWriter())).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("thaw: nothing could be measured")
        .contains("movies: nobody has interacted", "toys: nobody can be held out")
        .hasLineCount(1);
  }

  @Test
  void theFiguresOfADomainAreOnDiskBeforeTheNextOneIsMeasured() throws IOException {
    Path folder =
        new SmallFolder("movies", "toys")
            .users(30, "movies")
            .users(30, "toys")
            .write(home.resolve("data"));
    StringBuilder before = new StringBuilder();
    StringWriter out =
        new StringWriter() {
          @Override
          public void write(String text, int from, int length) {
            if (text.contains("Domain toys") || text.equals("toys")) {
              before.append(read());
            }
            super.write(text, from, length);
          }
        };
    assertThat(evaluate(folder, out)).as(err.toString()).isZero();
    assertThat(before.toString()).contains("\"movies\"").doesNotContain("\"toys\"");
    assertThat(figures()).hasSize(2);
    assertThat(home.toFile().list()).as("nothing half-written stays").doesNotContain("unfinished");
  }

  @Test
  void newcomersAreAskedOneThreeAndFiveQuestions() throws IOException {
    Path folder = new SmallFolder("movies", "toys").users(60, "movies").write(home.resolve("data"));
    StringWriter out = new StringWriter();
    assertThat(evaluate(folder, out, "--protocol", "onboarding", "--without-networks"))
        .as(err.toString())
        .isZero();
    Set<Integer> counts = new TreeSet<>();
    Set<String> ways = new TreeSet<>();
    for (JsonNode row : figures().get(0).get("rankings")) {
      counts.add(row.get("k").asInt());
      ways.add(row.get("method").asText());
    }
    assertThat(counts).containsExactly(1, 3, 5);
    assertThat(ways)
        .containsExactly(
            "entropy x popularity", "nothing asked", "popular", "random", "random of the known");
    assertThat(figures().get(0).get("skipped").get("serving's questions").asText())
        .contains("none of the known is described");
    assertThat(out.toString()).contains("nDCG@10 - nothing asked");
  }

  @Test
  void everyClaimHasAVerdictForEachDomainThatCanBeMeasured() throws IOException {
    Path folder = new SmallFolder("movies", "toys").users(60, "movies").write(home.resolve("data"));
    StringWriter out = new StringWriter();
    assertThat(evaluate(folder, out, "--claims", "--rounds", "1000")).as(err.toString()).isZero();
    assertThat(figures()).hasSize(8);
    int measured = 0;
    for (JsonNode claim : figures()) {
      assertThat(claim.get("domain").asText()).isEqualTo("movies");
      if (claim.get("findings").isEmpty()) {
        assertThat(claim.get("verdict").asText()).isEqualTo("not measurable yet");
        assertThat(claim.get("why").asText()).isNotEmpty();
      } else {
        measured++;
      }
    }
    assertThat(measured).as("regret and the cost of a request need no data").isEqualTo(2);
    assertThat(evaluate(folder, out, "--claims", "--rounds", "10")).isEqualTo(2);
    assertThat(err.toString()).contains("--rounds must be >= 1000, was 10");
    assertThat(out.toString())
        .contains("toys: no claim can be measured, nobody has interacted with anything there");
  }

  @Test
  void optionsThatWouldBeIgnoredAreRefused() throws IOException {
    Path folder = new SmallFolder("movies").users(60, "movies").write(home.resolve("data"));
    StringWriter out = new StringWriter();
    assertThat(evaluate(folder, out, "--claims", "--k", "0,3")).isEqualTo(2);
    assertThat(err.toString()).contains("--claims goes with --data").contains("not with --k");
    assertThat(evaluate(folder, out, "--claims", "--protocol", "melu")).isEqualTo(2);
    assertThat(err.toString()).contains("not with --protocol");
    assertThat(evaluate(folder, out, "--protocol", "zero-overlap", "--k", "0,3")).isEqualTo(2);
    assertThat(err.toString()).contains("--k must be one number for zero-overlap, was [0, 3]");
    assertThat(evaluate(folder, out, "--protocol", "melu", "--folds", "3")).isEqualTo(2);
    assertThat(err.toString()).contains("--folds goes with users-by-k or onboarding, not melu");
    assertThat(evaluate(folder, out, "--protocol", "next-item", "--k", "3")).isEqualTo(2);
    assertThat(err.toString()).contains("--k and --questions don't go with next-item");
    String named = Files.writeString(home.resolve("named.tsv"), "item\nmovies-1\n").toString();
    assertThat(evaluate(folder, out, "--new-items", named)).isEqualTo(2);
    assertThat(err.toString()).contains("--new-items goes with items-by-count, not users-by-k");
    assertThat(evaluate(folder, out, "--new-items", named, "--held-out", "0.3")).isEqualTo(2);
    assertThat(err.toString()).contains("either --new-items or --held-out, not both");
  }

  @Test
  void aSplitThatFixesTheSupportIsAskedByKOnlyIfKsAreGiven() throws IOException {
    Path folder = new SmallFolder("movies").users(60, "movies").write(home.resolve("data"));
    Path split = Files.createDirectory(home.resolve("split"));
    List<String> training = new ArrayList<>(List.of("user\titem\trating\tpart"));
    List<String> test = new ArrayList<>(List.of("user\titem\trating\tpart"));
    for (int u = 0; u < 60; u++) {
      for (int n = 0; n < 8; n++) {
        String row = "u%d\tmovies-%d\t%d\t".formatted(u, (2 * n + u) % 24, 1 + (u + n) % 5);
        (u < 40 ? training : test).add(row + (n < 2 + u % 2 ? "support" : "query"));
      }
    }
    Files.write(split.resolve("meta_training.tsv"), training);
    Files.write(split.resolve("user_cold_testing.tsv"), test);
    String[] options = {
      "--split", split.toString(), "--without-networks", "--without-learned-routing", "--k", "1,3"
    };
    StringWriter out = new StringWriter();
    assertThat(evaluate(folder, out, Arrays.copyOf(options, 4))).as(err.toString()).isZero();
    assertThat(figures().get(0).get("ratings")).allMatch(row -> row.get("k").asInt() == -1);
    assertThat(evaluate(folder, out, options)).as(err.toString()).isZero();
    Set<String> asked = new TreeSet<>();
    for (JsonNode row : figures().get(0).get("ratings")) {
      asked.add(row.get("users").asInt() + " at " + row.get("k").asInt());
    }
    assertThat(asked).containsExactly("10 at 3", "20 at 1");
  }

  @Test
  void aDomainWithoutASourceIsHalved() throws IOException {
    Path folder = new SmallFolder("movies").users(60, "movies").write(home.resolve("data"));
    StringWriter out = new StringWriter();
    assertThat(evaluate(folder, out, "--protocol", "zero-overlap", "--k", "3"))
        .as(err.toString())
        .isZero();
    assertThat(figures().get(0).get("chosen").get("parity").asText())
        .startsWith("target-only minus learned elsewhere");
  }

  private String read() {
    try {
      return Files.readString(json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
