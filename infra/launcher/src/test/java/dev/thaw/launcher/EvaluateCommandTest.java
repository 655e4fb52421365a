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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  private final StringWriter err = new StringWriter();

  @TempDir Path home;

  private int evaluate(Path folder, StringWriter out) {
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            "evaluate",
            "--data",
            folder.toString(),
            "--encoder",
            "none",
            "--k",
            "0,3",
            "--json",
            json().toString());
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

  private String read() {
    try {
      return Files.readString(json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
