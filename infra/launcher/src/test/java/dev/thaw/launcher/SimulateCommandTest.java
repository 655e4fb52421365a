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

class SimulateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path home;

  private int simulate(Object... options) {
    List<String> args = new ArrayList<>(List.of("simulate", "--seeds", "2"));
    for (Object each : options) {
      args.add(each.toString());
    }
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }

  @Test
  void eachWorldHasATableAPlotAndTheSameNumbersAgain() throws IOException {
    Path json = home.resolve("tables.json");
    Path folder = home.resolve("out");
    assertThat(
            simulate(
                "--worlds",
                "stationary,arriving",
                "--rounds",
                200,
                "--out",
                folder,
                "--json",
                json))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("World stationary", "World arriving: half of the arms", "thompson", "200 rounds");
    for (String world : List.of("stationary", "arriving")) {
      assertThat(Files.size(folder.resolve("regret-" + world + ".png"))).isGreaterThan(1_000);
      assertThat(Files.readString(folder.resolve("regret-" + world + ".svg"))).contains("<svg");
      assertThat(Files.readAllLines(folder.resolve("regret-" + world + ".csv")).get(0))
          .isEqualTo("policy,regret at the end,reward a round,oracle");
    }
    JsonNode tables = new ObjectMapper().readTree(json.toFile());
    assertThat(tables).hasSize(2);
    assertThat(tables.get(0).path("rows")).hasSize(9);
    String first = out.toString();
    out.getBuffer().setLength(0);
    assertThat(simulate("--worlds", "stationary,arriving", "--rounds", 200)).isZero();
    assertThat(out.toString()).isEqualTo(first);
  }

  @Test
  void whatIsNoWorldIsNamed() {
    assertThat(simulate("--worlds", "flat")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--worlds must be of stationary, personal, drifting", "was flat");
    assertThat(simulate("--worlds", "none", "--studies", "priors")).isEqualTo(2);
    assertThat(err.toString()).contains("--domain, --content and --studies need --data");
    assertThat(simulate("--rounds", 0)).isEqualTo(2);
    assertThat(err.toString()).contains("--rounds must be >= 1 and --seeds >= 2, were 0 and 2");
  }

  @Test
  void dataOfWhichNoWorldCanBeMadeIsSaidToBe() throws IOException {
    Path folder = new SmallFolder("movies").users(30, "movies").write(home.resolve("data"));
    assertThat(simulate("--data", folder)).isEqualTo(1);
    assertThat(err.toString()).contains("no world can be made of " + folder);
  }
}
