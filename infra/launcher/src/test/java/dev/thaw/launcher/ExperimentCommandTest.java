package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path home;

  private Path impressions = Path.of("");
  private Path events = Path.of("");

  private int run(Object... options) {
    List<String> args = new ArrayList<>(List.of("experiment"));
    for (Object each : options) {
      args.add(each.toString());
    }
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }

  private int report(Object... options) {
    List<Object> args =
        new ArrayList<>(List.of("report", "--impressions", impressions, "--events", events));
    args.addAll(List.of(options));
    return run(args.toArray());
  }

  /** What serving logs of a user whom an experiment assigned. */
  private static String assigned(int user, String experiment, String configuration) {
    String impression = impression(user, "v", "12:00:00Z").strip();
    return impression.substring(0, impression.length() - 1)
        + ",\"experiment\":{\"name\":\"%s\",\"configuration\":\"%s\"}}\n"
            .formatted(experiment, configuration);
  }

  private static String impression(int user, String version, String time) {
    return """
        {"request_id":"r%d-%s","user_id":"u%d","domain":"movies","time":"2026-03-01T%s",\
        "config_version":"%s","model_version":"m","posterior_version":"p","eligible":["a"],\
        "slots":[{"slot":0,"item_id":"a","score":1,"propensity":1,"source":"factors"}],\
        "stage":"0","method":"popularity"}
        """
        .formatted(user, version, user, time, version);
  }

  private static String like(int user, String version, String time) {
    return """
        {"event_id":"e%d-%s","user_id":"u%d","item_id":"a","domain":"movies","type":"like",\
        "time":"2026-03-01T%s","request_id":"r%d-%s","slot":0}
        """
        .formatted(user, version, user, time, user, version);
  }

  /** Every tenth user of c1 and every second of c2 likes what was shown; one meets both. */
  @BeforeEach
  void log() throws IOException {
    StringBuilder shown = new StringBuilder(impression(0, "c1", "12:00:01Z"));
    StringBuilder done = new StringBuilder();
    for (int u = 0; u < 1_600; u++) {
      String version = u % 2 == 0 ? "c2" : "c1";
      shown.append(impression(u, version, "12:00:00Z"));
      if (u / 2 % (version.equals("c1") ? 10 : 2) == 0) {
        done.append(like(u, version, "12:00:10Z"));
      }
    }
    shown.append(impression(9_999, "c0", "14:00:00Z"));
    impressions = Files.writeString(home.resolve("impressions.jsonl"), shown);
    events = Files.writeString(home.resolve("events.jsonl"), done);
  }

  @Test
  void aReportOfThawsOwnLog() throws IOException {
    Path json = home.resolve("figures.json");
    assertThat(
            report(
                "--arm",
                "A=c1",
                "--arm",
                "B=c2",
                "--user-window",
                "PT1H",
                "--guardrail",
                "success-rate:0.05",
                "--json",
                json))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("Sample ratio: as it should be")
        .contains("1 users met two arms")
        .contains("1 impressions of configurations in no arm left out: c0")
        .contains("B against A: ship: better");
    assertThat(out.toString().indexOf("Sample ratio")).isLessThan(out.toString().indexOf("Metric"));
    JsonNode comparison =
        new ObjectMapper().readTree(json.toFile()).get(0).get("comparisons").get(0);
    assertThat(comparison.get("verdict").asText()).isEqualTo("ship: better");
    assertThat(comparison.get("metric").get("control").asDouble()).isCloseTo(0.1, within(1e-9));
    assertThat(comparison.get("metric").get("sequence").get("low").asDouble()).isPositive();
  }

  @Test
  void linesThatCannotBeUsedAreSetAsideAndTheRestIsReported() throws IOException {
    Files.writeString(events, Files.readString(events) + "not json\n");
    assertThat(report("--arm", "A=c2", "--arm", "B=c1", "--user-window", "PT1H")).isEqualTo(3);
    assertThat(out.toString())
        .contains("1 could not be used")
        .contains("B against A: stop: harmed (click-rate fell)");
    assertThat(home.resolve("impressions.jsonl.rejected.jsonl")).exists();
  }

  @Test
  void otherSharesThanWereMeantMakeItInvalid() {
    assertThat(
            report(
                "--arm",
                "A=c1",
                "--arm",
                "B=c2",
                "--shares",
                "A=0.9,B=0.1",
                "--user-window",
                "PT1H"))
        .isZero();
    assertThat(out.toString()).contains("Sample ratio: WRONG").contains("B against A: invalid");
  }

  @Test
  void anExperimentOfServingIsReportedByWhatItLogged() throws IOException {
    StringBuilder shown = new StringBuilder(assigned(9_000, "other", "bold"));
    StringBuilder done = new StringBuilder();
    shown
        .append(assigned(9_001, "bolder", "forgotten"))
        .append(impression(9_002, "v", "14:00:00Z"));
    for (int u = 0; u < 1_000; u++) {
      boolean bold = u % 5 == 0;
      shown.append(assigned(u, "bolder", bold ? "bold" : "control"));
      if (u / 5 % (bold ? 2 : 10) == 0) {
        done.append(like(u, "v", "12:00:10Z"));
      }
    }
    Files.writeString(impressions, shown);
    Files.writeString(events, done);
    Path config =
        Files.writeString(
            home.resolve("thaw.yaml"),
            """
            version: 1
            serving:
              experiment:
                name: bolder
                configurations: [{name: control, share: 0.8}, {name: bold, share: 0.2}]
            """);
    assertThat(report("--experiment", "bolder", "--config", config, "--user-window", "PT1H"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("Sample ratio: as it should be")
        .contains("1 impressions of configurations in no arm left out: forgotten")
        .contains("2 impressions of another experiment or of none left out")
        .contains("bold against control: ship: better");
    assertThat(report("--experiment", "bolder", "--shares", "control=0.5,bold=0.5"))
        .as("the log has three configurations")
        .isEqualTo(2);
    assertThat(report("--experiment", "older", "--config", config)).isEqualTo(2);
    assertThat(report("--experiment", "bolder", "--arm", "A=v")).isEqualTo(2);
    assertThat(report("--config", config)).isEqualTo(2);
    assertThat(err.toString())
        .contains("--shares must name the arms [control, bold, forgotten], named [bold, control]")
        .contains("thaw.yaml, \"bolder\", was \"older\"")
        .contains("--arm must be left out with --experiment")
        .contains("--config needs --experiment")
        .doesNotContain("\tat ");
  }

  @Test
  void whatIsAskedMustBeClear() {
    assertThat(run("report")).isEqualTo(2);
    assertThat(report("--arm", "A=c1", "--arm", "B=c7")).isEqualTo(2);
    assertThat(report("--arm", "A=c1", "--arm", "B=c2", "--shares", "A=0.5,B=0.6")).isEqualTo(2);
    assertThat(report("--metric", "dwell")).isEqualTo(2);
    assertThat(report("--guardrail", "click-rate:2")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--impressions and --events must be given")
        .contains("version of --arm B must be one of [c0, c1, c2], was \"c7\"")
        .contains("added to 1.1")
        .contains("was \"dwell\"")
        .contains("was 2.0")
        .doesNotContain("\tat ");
  }

  @Test
  void aSmallCheckEndsByWhetherItsLevelsHold() throws IOException {
    Path json = home.resolve("check.json");
    int code = run("check", "--runs", 20, "--users", 2_000, "--looks", 50, "--json", json);
    JsonNode rows = new ObjectMapper().readTree(json.toFile());
    assertThat(rows).hasSize(6);
    boolean holds = true;
    for (JsonNode row : rows) {
      holds &= row.get("holds").asBoolean();
      assertThat(row.get("fixedMissed").asDouble()).isGreaterThan(0.1);
    }
    assertThat(code).isEqualTo(holds ? 0 : 1);
    assertThat(out.toString()).contains("5.0 %, +0 %").contains("fixed horizon");
  }
}
