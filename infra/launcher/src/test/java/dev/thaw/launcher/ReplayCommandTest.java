package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.evaluation.offpolicy.logs.JoinedImpression;
import dev.thaw.evaluation.replay.ReplayedConfiguration;
import dev.thaw.evaluation.replay.check.ReplayUsers;
import dev.thaw.evaluation.replay.check.ReplayWorld;
import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.models.statistics.SettledSlot;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path home;

  private Path impressions = Path.of("");
  private Path events = Path.of("");
  private Path config = Path.of("");

  private int run(Object... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "replay",
                "--impressions",
                impressions.toString(),
                "--events",
                events.toString(),
                "--reward-window",
                "PT5M"));
    for (Object each : options) {
      args.add(each.toString());
    }
    return Thaw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }

  /** What the first configuration logs in a small world. */
  @BeforeEach
  void log() throws IOException {
    config =
        Files.writeString(
            home.resolve("thaw.yaml"),
            """
            version: 1
            serving:
              experiment:
                name: bolder
                configurations:
                  - {name: soft, share: 0.4, bandit_policy: {name: softmax, temperature: 0.1}}
                  - {name: thompson, share: 0.3, uniform_floor: 0.1}
                  - {name: bounded, share: 0.1, exploration_budget: {share: 0.1}}
                  - {name: upper, share: 0.1, uniform_floor: 0.2, bandit_policy: {name: lin-ucb, alpha: 0.3, prior_precision: 20}}
                  - {name: drawn, share: 0.1, bandit_policy: {name: linear-thompson, noise: 0.3, prior_precision: 20}}
            """);
    write(0, ReplayUsers.ALIKE);
  }

  /** What a configuration logs, as the topics hold it. */
  private void write(int number, ReplayUsers users) throws IOException {
    ExperimentConfig experiment =
        Objects.requireNonNull(ThawConfig.load(config, Map.of()).serving().experiment());
    ExperimentConfig.Configuration by = experiment.configurations().get(number);
    WireFormat<Impression> form =
        WireFormats.impressions(DomainDefinitions.shipped(), WireLimits.DEFAULT);
    StringBuilder shown = new StringBuilder();
    StringBuilder done = new StringBuilder();
    for (JoinedImpression each :
        new ReplayWorld(3_000, 2, 0, users, 5)
            .log(
                new ReplayedConfiguration(by.name(), experiment.assignment(by), by.serving()),
                new SplittableRandom(8))
            .whole()
            .impressions()) {
      shown.append(form.writeText(each.impression())).append('\n');
      each.slots().stream()
          .filter(slot -> slot.reward() > 0)
          .forEach(slot -> done.append(like(each.impression(), slot)));
    }
    impressions = Files.writeString(home.resolve("impressions.jsonl"), shown);
    events = Files.writeString(home.resolve("events.jsonl"), done);
  }

  private static String like(Impression of, SettledSlot slot) {
    return """
        {"event_id":"%s-%d","user_id":"%s","item_id":"%s","domain":"movies","type":"like",\
        "time":"%s","request_id":"%s","slot":%d}
        """
        .formatted(
            of.requestId().value(),
            slot.slot(),
            of.userId().value(),
            slot.itemId().value(),
            Instant.ofEpochMilli(slot.shownAt() + 1_000),
            of.requestId().value(),
            slot.slot());
  }

  @Test
  void anotherConfigurationIsReplayedOnTheLogOfTheFirst() throws IOException {
    Path json = home.resolve("figures.json");
    assertThat(run("--config", config, "--configuration", "thompson", "--json", json))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("decisions of soft: identifiable, reliable")
        .contains("soft replayed as itself: effective share 1.000")
        .contains("reward-interaction SNIPS");
    JsonNode result = new ObjectMapper().readTree(json.toFile()).get(0);
    assertThat(result.get("missingMass").asDouble()).isZero();
    assertThat(result.at("/estimates/rows/1/intervals/estimate").asDouble())
        .isGreaterThan(result.at("/estimates/logged/estimate").asDouble());
  }

  /** Its features as the records hold them, of two trainings. */
  @Test
  void aContextualConfigurationIsReplayedOnTheLogOfAnother() throws IOException {
    write(3, new ReplayUsers(4, 2));
    assertThat(run("--config", config, "--logged", "upper", "--configuration", "drawn"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("drawn, replayed on")
        .contains("decisions of upper: identifiable, reliable")
        .contains("upper replayed as itself: effective share 1.000");
  }

  @Test
  void aContextualConfigurationIsNotIdentifiableWhereFeaturesAreNotLogged() {
    assertThat(run("--config", config, "--configuration", "drawn")).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "(100.0 %) say nothing: chosen by what is known of the user, which the log does not"
                + " hold");
  }

  @Test
  void anotherBudgetIsNotIdentifiable() {
    assertThat(run("--config", config, "--configuration", "bounded")).isEqualTo(1);
    assertThat(out.toString())
        .contains("not identifiable: 100.0 % of its choices")
        .contains("(100.0 %) say nothing: exploration_budget differs");
  }

  @Test
  void whatIsAskedMustBeClear() throws IOException {
    Path plain = Files.writeString(home.resolve("plain.yaml"), "version: 1\n");
    assertThat(run()).isEqualTo(2);
    assertThat(run("--config", config)).isEqualTo(2);
    assertThat(run("--config", config, "--configuration", "older")).isEqualTo(2);
    assertThat(run("--config", plain, "--configuration", "soft")).isEqualTo(2);
    assertThat(run("--config", config, "--config-b", config)).isEqualTo(2);
    assertThat(run("--config", plain, "--config-b", plain)).isEqualTo(2);
    assertThat(run("--check")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--config must be given")
        .contains("one of --configuration and --config-b must be given")
        .contains(
            "--configuration must be one of [soft, thompson, bounded, upper, drawn], was \"older\"")
        .contains("--configuration needs an experiment, " + plain + " has none, was \"soft\"")
        .contains("--config-b must have no experiment")
        .contains("must have settled answers of " + plain)
        .contains("one of --impressions and --check must be given")
        .doesNotContain("\tat ");
  }

  @Test
  void aSmallCheckShowsEachPairOfPolicies() throws IOException {
    Path json = home.resolve("check.json");
    int code =
        Thaw.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                "replay",
                "--check",
                "--logs=2",
                "--answers=300",
                "--resamples=100",
                "--json=" + json);
    assertThat(code).as(err.toString()).isZero();
    JsonNode rows = new ObjectMapper().readTree(json.toFile());
    assertThat(rows.findValuesAsText("scenario"))
        .contains("softmax asked of beta-thompson, 1 slot");
    for (JsonNode row : rows) {
      assertThat(row.get("value").asDouble()).isBetween(0.01, 2.0);
      assertThat(row.get("rebuilt").asDouble()).isBetween(0.5, 1.0 + 1e-9);
    }
  }
}
