package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @TempDir Path home;

  private int evaluate(String... options) {
    List<String> all = new ArrayList<>(List.of("evaluate", "--encoder", "none", "--k", "0,3"));
    all.addAll(List.of(options));
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private JsonNode rankings(String report) throws IOException {
    return new ObjectMapper()
        .readTree(home.resolve(report).resolve("figures.json").toFile())
        .get(0)
        .get("rankings");
  }

  @Test
  void theSplitOfARunReadBackHasTheSameFigures() throws IOException {
    Path data = new SmallFolder("movies").users(60, "movies").write(home.resolve("data"));
    String first = home.resolve("first").toString();
    assertThat(evaluate("--data", data.toString(), "--out", first)).as(err.toString()).isZero();
    Path split = home.resolve("first/movies/split");
    assertThat(evaluate("--split", split.toString(), "--out", home.resolve("second").toString()))
        .as(err.toString())
        .isZero();
    assertThat(rankings("first")).isNotEmpty().isEqualTo(rankings("second"));
    assertThat(home.resolve("first/report.html")).content().contains("<h2>Domain movies</h2>");
    assertThat(home.resolve("first/movies/rankings.csv"))
        .content()
        .startsWith("k,method,users,answered,recall10,recall10_low,recall10_high,ndcg10");
  }

  @Test
  void foldsCoverAllUsersAndSayWhetherTheHybridsAreTheEnvelope() throws IOException {
    Path data = new SmallFolder("movies").users(60, "movies").write(home.resolve("data"));
    assertThat(
            evaluate(
                "--data",
                data.toString(),
                "--folds",
                "3",
                "--margin",
                "-0.9",
                "--out",
                home.resolve("report").toString()))
        .as(err.toString())
        .isZero();
    assertThat(rankings("report").get(0).get("users").asInt()).isEqualTo(60);
    assertThat(out.toString())
        .contains("hybrid (default table) minus each single method, nDCG@10 over 60 users")
        .contains("against the margin -0.900: pass");
    assertThat(Files.isDirectory(home.resolve("report/movies/split/fold-3"))).isTrue();
  }

  @Test
  void foldsOfAnotherProtocolAndAnUnknownProtocolAreUsageErrors() throws IOException {
    Path data = new SmallFolder("movies").users(30, "movies").write(home.resolve("data"));
    assertThat(evaluate("--data", data.toString(), "--folds", "3", "--protocol", "melu"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--folds goes with users-by-k or onboarding, not melu");
    assertThat(evaluate("--data", data.toString(), "--protocol", "guess")).isEqualTo(2);
    assertThat(err.toString()).contains("was \"guess\"");
  }
}
