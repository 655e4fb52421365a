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

class OffPolicyCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path home;

  private int run(Object... options) {
    List<String> args = new ArrayList<>(List.of("off-policy"));
    for (Object each : options) {
      args.add(each.toString());
    }
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }

  /** Two items: the bandit shows item 1 in one of ten rows, where every second is clicked. */
  private void openBandit(int rows) throws IOException {
    for (String policy : List.of("bts", "random")) {
      Path own = Files.createDirectories(home.resolve(policy).resolve("men"));
      Files.writeString(own.resolve("item_context.csv"), ",item_id\n0,0\n1,1\n");
      StringBuilder log = new StringBuilder(",timestamp,item_id,position,click,propensity_score\n");
      for (int i = 0; i < rows; i++) {
        boolean rare = policy.equals("bts") ? i % 10 == 0 : i % 2 == 0;
        boolean click = rare && i % 20 == 0;
        double chance = policy.equals("random") ? 0.5 : rare ? 0.1 : 0.9;
        log.append(i).append(",t,").append(rare ? 1 : 0).append(",1,");
        log.append(click ? 1 : 0).append(',').append(chance).append('\n');
      }
      Files.writeString(own.resolve("men.csv"), log);
    }
  }

  @Test
  void uniformFromTheLogOfABandit() throws IOException {
    openBandit(1_000);
    Path json = home.resolve("figures.json");
    assertThat(run("--open-bandit", home, "--campaign", "men", "--json", json)).isZero();
    assertThat(out.toString()).contains("uniform, from the log bts/men: reliable").contains("DR");
    JsonNode result = new ObjectMapper().readTree(json.toFile()).get(0);
    JsonNode ips = result.get("rows").get(0);
    assertThat(ips.get("estimator").asText()).isEqualTo("IPS");
    assertThat(ips.get("intervals").get("estimate").asDouble()).isEqualTo(0.25);
    assertThat(ips.get("minusOwn").get("mean").asDouble()).isEqualTo(0.25 - 0.05);
    assertThat(result.get("own").get("estimate").asDouble()).isEqualTo(0.05);
  }

  @Test
  void fewEffectiveRowsReadUnreliable() throws IOException {
    openBandit(100);
    assertThat(run("--open-bandit", home, "--campaign", "men")).isZero();
    assertThat(out.toString()).contains("unreliable: effective sample size 36.0 is below 100");
  }

  @Test
  void anotherPolicysFrequenciesAreSaidToBeAnApproximation() throws IOException {
    openBandit(1_000);
    assertThat(
            run(
                "--open-bandit",
                home,
                "--campaign",
                "men",
                "--logged",
                "random",
                "--policy",
                "bts"))
        .isZero();
    assertThat(out.toString()).contains("an approximation of its policy");
  }

  @Test
  void aBadCellIsNamedInOneLine() throws IOException {
    openBandit(10);
    Path log = home.resolve("bts/men/men.csv");
    Files.writeString(log, Files.readString(log) + "10,t,0,1,0,0\n");
    assertThat(run("--open-bandit", home, "--campaign", "men")).isEqualTo(2);
    assertThat(err.toString())
        .contains("men.csv:12: propensity_score must be in (0, 1], was \"0\"")
        .doesNotContain("\tat ");
  }

  private static String impression(int number, String item, double propensity) {
    return """
        {"request_id":"r%d","user_id":"u%d","domain":"movies","time":"2026-03-01T12:00:00Z",\
        "config_version":"c","model_version":"m","posterior_version":"p","eligible":["a","b"],\
        "slots":[{"slot":0,"item_id":"%s","score":1,"propensity":%s,"source":"bandit"}],\
        "stage":"0","method":"popularity"}
        """
        .formatted(number, number, item, propensity);
  }

  private static String like(int number, String item, String time) {
    return """
        {"event_id":"e%d","user_id":"u%d","item_id":"%s","domain":"movies","type":"like",\
        "time":"2026-03-01T%s","request_id":"r%d","slot":0}
        """
        .formatted(number, number, item, time, number);
  }

  @Test
  void uniformAndGreedyFromThawsOwnLog() throws IOException {
    StringBuilder shown = new StringBuilder("not json\n");
    StringBuilder done = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      boolean ranked = i % 4 != 0;
      shown.append(impression(i, ranked ? "a" : "b", ranked ? 0.75 : 0.25));
      if (i % 8 == 0) {
        done.append(like(i, "b", "12:00:10Z"));
      }
    }
    shown.append(impression(400, "stranger", 0.5));
    done.append(like(1_000, "a", "13:00:00Z"));
    Path impressions = Files.writeString(home.resolve("impressions.jsonl"), shown);
    Path events = Files.writeString(home.resolve("events.jsonl"), done);
    Path json = home.resolve("figures.json");
    assertThat(run("--impressions", impressions, "--events", events, "--json", json))
        .as(err.toString())
        .isEqualTo(3);
    assertThat(out.toString())
        .contains("400 rounds of 401 impressions")
        .contains("3 could not be used")
        .contains("uniform, from the log impressions.jsonl: reliable")
        .contains(
            "greedy, from the log impressions.jsonl: unreliable: clusters with a reward that counts"
                + " are 0, fewer than 10");
    assertThat(Files.readString(home.resolve("impressions.jsonl.rejected.jsonl")))
        .contains("stranger")
        .contains("reward without impression");
    JsonNode results = new ObjectMapper().readTree(json.toFile());
    assertThat(results.get(0).get("rows").get(0).get("intervals").get("estimate").asDouble())
        .isEqualTo(0.25);
    assertThat(results.get(1).get("rows").get(0).get("intervals").get("estimate").asDouble())
        .isZero();
  }

  @Test
  void coverageOfOneWorld() {
    assertThat(
            run("--coverage", "--world", "two slots", "--repetitions", "3", "--resamples", "100"))
        .isZero();
    assertThat(out.toString()).contains("two slots: value 0.").contains("reward-interaction SNIPS");
    assertThat(run("--coverage", "--world", "flat")).isEqualTo(2);
    assertThat(err.toString()).contains("well supported").contains("was \"flat\"");
  }

  @Test
  void whatIsAskedMustBeClear() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--coverage", "--open-bandit", home)).isEqualTo(2);
    assertThat(run("--impressions", home)).isEqualTo(2);
    assertThat(err.toString()).contains("were 0").contains("were 2").contains("together");
  }
}
