package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.commands.OffPolicyCommand;
import dev.thaw.launcher.commands.ReplayCommand;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What a server and its jobs wrote while the posteriors learned, read back by {@code thaw
 * off-policy} and {@code thaw replay}: clicks are drawn here, so that what a uniform choice would
 * have earned is known.
 */
@Timeout(300)
class LiveLogTest {
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int FILMS = 40;
  private static final int ROUNDS = 2;
  private static final int ANSWERS = 400;

  /** Of a normal error one in sixteen thousand is larger. */
  private static final double STANDARD_ERRORS = 4;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(END);
  private static final SplittableRandom CLICKS = new SplittableRandom(11);

  @TempDir static Path home;
  private static Path config = Path.of("");
  private static DataFolder folder;
  private static Installation thaw;
  private static URI server;
  private static Path impressions = Path.of("");
  private static Path events = Path.of("");

  @BeforeAll
  static void serve() throws Exception {
    config =
        Files.writeString(
            home.resolve("thaw.yaml"),
            "version: 1\nserving: {shortlist: 20, uniform_floor: 0.5, draws: 200}\n");
    folder = films();
    thaw =
        new Installation(
            TinyWorld.config(home, folder)
                .withServing(
                    ThawConfig.load(config, Map.of()).serving().withAddress("127.0.0.1", 0)),
            Progress.silent());
    thaw.load(folder, END, TinyWorld.nobody());
    thaw.keepTime(NOW::get);
    server = thaw.serve(NOW::get);
    for (int round = 0; round < ROUNDS; round++) {
      askAndClick(round);
      NOW.updateAndGet(now -> now.plus(Duration.ofHours(2)));
      awaitAnotherPosterior(round);
    }
    impressions = read(thaw.config().kafka().topics().impressions(), "impressions.jsonl");
    events = read(thaw.config().kafka().topics().events(), "events.jsonl");
  }

  @AfterAll
  static void stop() {
    thaw.close();
  }

  /** More popular the lower their number. */
  private static DataFolder films() throws IOException {
    List<String> likes = new ArrayList<>();
    StringBuilder items = new StringBuilder();
    for (int film = 0; film < FILMS; film++) {
      items
          .append(
              "{\"item_id\":\"m%d\",\"domain\":\"movies\",\"title\":\"Film %d\","
                  .formatted(film, film))
          .append("\"time\":\"2025-01-01T00:00:00Z\"}\n");
      for (int user = 0; user < FILMS - film; user++) {
        likes.add(
            like(
                "old-" + film + "-" + user,
                "old" + user,
                "m" + film,
                END.minus(Duration.ofDays(2))));
      }
    }
    DataFolder written = TinyWorld.folder(home, likes.toArray(String[]::new));
    Files.writeString(written.items(), items);
    return written;
  }

  private static String like(String id, String user, String film, Instant time) {
    return ("{\"event_id\":\"%s\",\"user_id\":\"%s\",\"item_id\":\"%s\",\"domain\":\"movies\","
            + "\"type\":\"like\",\"time\":\"%s\"}")
        .formatted(id, user, film, time);
  }

  /** Half of the films are liked three times as often as the others, whatever their rank. */
  private static double rate(String film) {
    return Integer.parseInt(film.substring(1)) % 2 == 0 ? 0.3 : 0.1;
  }

  private static void askAndClick(int round) throws Exception {
    List<String> clicks = new ArrayList<>();
    for (int i = 0; i < ANSWERS; i++) {
      clicks.addAll(ask("u%d-%d".formatted(round, i)));
    }
    TinyWorld.post(server.resolve("/v1/events"), "[" + String.join(",", clicks) + "]");
  }

  /** The clicks on what a user was shown in the drawn slots. */
  private static List<String> ask(String user) throws Exception {
    JsonNode answer =
        JSON.readTree(
            TinyWorld.post(
                server.resolve("/v1/recommendations"),
                "{\"user_id\":\"%s\",\"domain\":\"movies\",\"k\":2}".formatted(user)));
    List<String> clicks = new ArrayList<>();
    for (JsonNode item : answer.path("items")) {
      String film = item.path("id").asText();
      if (CLICKS.nextDouble() < rate(film)) {
        clicks.add(
            like("click-" + user + film, user, film, NOW.get())
                .replace("}", ",\"request_id\":\"" + answer.path("request_id").asText() + "\"}"));
      }
    }
    return clicks;
  }

  /** Somebody is shown two films by posteriors that no answer before was shown by. */
  private static void awaitAnotherPosterior(int round) throws Exception {
    Path before = read(thaw.config().kafka().topics().impressions(), "before.jsonl");
    Set<String> known = new HashSet<>(posteriors(before));
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (int asked = 0; known.containsAll(posteriors(before)); asked++) {
      assertThat(System.nanoTime()).as("posteriors after round " + round).isLessThan(until);
      // timers fire with a clock that goes on
      NOW.updateAndGet(now -> now.plusSeconds(1));
      LockSupport.parkNanos(200_000_000);
      List<String> clicks = ask("waits%d-%d".formatted(round, asked));
      if (!clicks.isEmpty()) {
        TinyWorld.post(server.resolve("/v1/events"), "[" + String.join(",", clicks) + "]");
      }
      before = read(thaw.config().kafka().topics().impressions(), "before.jsonl");
    }
  }

  private static List<String> posteriors(Path impressions) throws IOException {
    List<String> versions = new ArrayList<>();
    for (String line : Files.readAllLines(impressions)) {
      JsonNode version = JSON.readTree(line).path("posterior_version");
      if (!version.isMissingNode()) { // else a tick
        versions.add(version.asText());
      }
    }
    return versions;
  }

  /** What a topic holds, as lines. */
  private static Path read(String topic, String file) throws IOException {
    StringBuilder lines = new StringBuilder();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", thaw.config().kafka().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                each ->
                    lines.append(new String(each.value(), StandardCharsets.UTF_8)).append('\n'));
      }
    }
    return Files.writeString(home.resolve(file), lines);
  }

  private static JsonNode run(Callable<Integer> command, Object... options) throws IOException {
    Path json = home.resolve("figures.json");
    List<String> args =
        new ArrayList<>(
            List.of(
                "--impressions=" + impressions,
                "--events=" + events,
                "--domains=" + folder.domains(),
                "--json=" + json));
    for (Object each : options) {
      args.add(each.toString());
    }
    StringWriter said = new StringWriter();
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(said, true))
            .setErr(new PrintWriter(said, true))
            .execute(args.toArray(String[]::new));
    assertThat(code).as(said.toString()).isZero();
    return JSON.readTree(json.toFile()).get(0);
  }

  @Test
  void whatAUniformChoiceWouldEarnIsFoundFromTheLog() throws IOException {
    JsonNode uniform = run(new OffPolicyCommand());
    double value = valueOfUniform();
    assertThat(uniform.path("verdict").asText()).isEqualTo("reliable");
    JsonNode diagnostics = uniform.path("diagnostics");
    assertThat(diagnostics.path("rounds").asInt()).isGreaterThanOrEqualTo(ROUNDS * ANSWERS);
    assertThat(Math.abs(diagnostics.path("meanWeight").asDouble() - 1))
        .isLessThan(STANDARD_ERRORS * diagnostics.path("meanWeightError").asDouble());
    assertThat(uniform.path("rows").findValuesAsText("estimator"))
        .contains("IPS", "SNIPS", "reward-interaction IPS", "reward-interaction SNIPS");
    for (JsonNode row : uniform.path("rows")) {
      JsonNode intervals = row.path("intervals");
      assertThat(Math.abs(intervals.path("estimate").asDouble() - value))
          .as("%s: %s", row.path("estimator").asText(), intervals)
          .isLessThan(STANDARD_ERRORS * intervals.path("standardError").asDouble());
    }
    assertThat(uniform.path("logged").path("estimate").asDouble())
        .as("what was learned meanwhile")
        .isGreaterThan(value);
  }

  /** Of both slots, each of which is as likely any of the eligible films. */
  private static double valueOfUniform() throws IOException {
    double sum = 0;
    int answers = 0;
    for (String line : Files.readAllLines(impressions)) {
      JsonNode eligible = JSON.readTree(line).path("eligible");
      if (eligible.isMissingNode()) {
        continue; // a tick
      }
      sum +=
          2
              * StreamSupport.stream(eligible.spliterator(), false)
                  .mapToDouble(film -> rate(film.asText()))
                  .average()
                  .orElseThrow();
      answers++;
    }
    return sum / answers;
  }

  @Test
  void aReplayFindsThePosteriorsThatTheServerHad() throws IOException {
    Path other =
        Files.writeString(
            home.resolve("other.yaml"),
            "version: 1\nserving: {shortlist: 20, uniform_floor: 0.5, draws: 200, bandit_policy: "
                + "{name: softmax, temperature: 0.1}}\n");
    JsonNode result = run(new ReplayCommand(), "--config=" + config, "--config-b=" + other);
    assertThat(result.path("missingMass").asDouble()).isZero();
    assertThat(result.at("/estimates/verdict").asText()).isEqualTo("reliable");
    assertThat(result.path("rebuilt").asDouble())
        .as("up to the draws of Thompson sampling")
        .isBetween(0.8, 1.0);
  }
}
