package dev.thaw.launcher.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.embedded.Installation;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new installation on the stack of {@code infra/local/up}, from its history to an upgraded job;
 * each test goes on from the one before. Skipped without such a stack, fails without one where
 * {@code CI=true}.
 */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalStackIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEFORE = "      - {name: spend_30d";
  private static final String ADDED =
      """
            - {name: phone_sales_7d, type: INT64, aggregate: count, types: [purchase], where: {context.device: phone}, window: 7d, description: Bought on a phone in the last week}
      """;

  private static final Path PYTHON =
      Path.of("../../feature-definitions/feature_repo/.venv/bin/python").toAbsolutePath();
  private static final String READ_ONLINE =
      """
      import os
      from pathlib import Path
      from feast import FeatureStore
      store = FeatureStore(repo_path=".", fs_yaml_file=Path(os.environ["THAW_FEAST"]))
      read = store.get_online_features(
          features=["user_domain_activity:phone_sales_7d"],
          entity_rows=[{"user_id": "upgrader", "domain": "movies"}],
      ).to_dict()
      print(f"phone_sales_7d={read['phone_sales_7d']}")
      """;
  private static final String ASK_ONLINE =
      """
      {"features": ["user_domain_activity:phone_sales_7d"],
       "entities": {"user_id": ["upgrader"], "domain": ["movies"]}}
      """;

  @TempDir static Path folder;
  private static StackCommands stack;
  private static URI one;
  private static URI other;
  private static World world;

  @BeforeAll
  static void theStackIsUp() throws Exception {
    stack = StackCommands.ofRunningStack(folder);
    one = stack.server("THAW_SERVING_PORT");
    other = stack.server("THAW_SERVING_2_PORT");
  }

  @Test
  @Order(1)
  void aHistoryAndATrainingOfTheClusterReachBothReplicas() throws Exception {
    WorldConfig config =
        new WorldConfig(
            5,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            Duration.ofDays(30),
            250,
            2,
            2,
            60,
            30,
            4);
    world = World.generate(config);
    try (DataFolderWriter writer = DataFolderWriter.open(folder.resolve("world"), false)) {
      world.write(writer, config);
    }
    stack.run("submit", "all");
    stack.run("load", folder.resolve("world").toString());
    String trained = stack.run(Map.of("THAW_PREPARE_SECONDS", "5"), "submit", "train");
    assertThat(trained).contains("train-factors ended", "train-segments ended", "serves");
    String version = version(one);
    awaitAt(other, "/readyz", ready -> ready.contains(version));
    for (URI replica : new URI[] {one, other}) {
      JsonNode answer = recommend(replica, mostActive());
      assertThat(answer.path("items")).hasSize(5);
      assertThat(answer.path("degraded")).isEmpty();
      assertThat(answer.path("model_version").asText()).isEqualTo(version);
      assertThat(answer.path("route").path("method").asText()).isNotEqualTo("popularity");
    }
  }

  /** A JVM loads a native library for one class loader, and a submission has its own. */
  @Test
  @Order(2)
  void theTextEncoderWorksForASecondSubmissionToTheSameTaskManagers() throws Exception {
    for (int submission = 2; submission <= 3; submission++) {
      String item = "late-arrival-" + submission;
      assertThat(stack.run("submit", "encode-items", "--parallelism", "2"))
          .contains("encode-items runs, from");
      stack.post(
          one.resolve("/v1/items"),
          "{\"item_id\":\"%s\",\"domain\":\"movies\",\"title\":\"A film of submission %d\"}"
              .formatted(item, submission));
      awaitAt(
          one, "/v1/items/" + item + "/similar?k=3", similar -> similar.contains("\"id\":\"m-"));
    }
  }

  @Test
  @Order(3)
  void anUpgradedAndRescaledJobKeepsItsCountsAndComputesTheAddedFeature() throws Exception {
    Path features =
        Files.writeString(
            folder.resolve("features.yaml"),
            Files.readString(Path.of("../../feature-definitions/features.yaml"))
                .replace(BEFORE, ADDED + BEFORE));
    buy("before");
    JsonNode before = awaitUser(one, user -> user.contains("\"interactions_1h\":1"));
    assertThat(before.toString()).doesNotContain("phone_sales_7d");
    Map<String, String> added = Map.of("THAW_FEATURES", features.toString());
    List<Integer> histories = histories();
    assertThat(stack.run(added, "submit", "user-features", "--parallelism", "2"))
        .contains("user-features runs, from");
    buy("after");
    awaitUser(one, user -> user.contains("\"interactions_1h\":2"));
    stack.post(one.resolve("/v1/events"), clicksOfEveryone());
    List<Integer> longer = histories.stream().map(items -> items + 1).toList();
    while (!histories().equals(longer)) {
      pause();
    }
    Path output = folder.resolve("server.txt");
    Process server =
        stack.start(
            Map.of(
                "THAW_FEATURES",
                features.toString(),
                "THAW_SERVING_PORT",
                "0",
                "THAW_HEAP",
                "512m",
                "THAW_NODE_HOME",
                folder.resolve("server").toString()),
            output,
            "with",
            "../../thaw",
            "serve",
            "--no-ticks",
            "--config",
            "../local/thaw.yaml");
    try {
      URI third = awaitStart(output, server);
      awaitUser(third, user -> user.contains("\"phone_sales_7d\":1"));
    } finally {
      server.destroy();
      server.waitFor();
    }
    anAppliedFeatureIsReadByFeastAndByTheRunningFeatureServer(added);
  }

  /** What a data team sees of the feature that it has added, without a restart of any server. */
  private static void anAppliedFeatureIsReadByFeastAndByTheRunningFeatureServer(
      Map<String, String> added) throws Exception {
    stack.run(added, "up", "feast");
    try {
      assertThat(stack.run(added, "with", PYTHON.toString(), "-c", READ_ONLINE))
          .contains("phone_sales_7d=[1]");
      URI server = stack.server("THAW_FEATURE_SERVER_PORT").resolve("/get-online-features");
      while (!stack.answer(server, ASK_ONLINE).contains("\"phone_sales_7d\"")) {
        pause();
      }
      JsonNode answer = JSON.readTree(stack.post(server, ASK_ONLINE));
      assertThat(answer.findPath("feature_names").get(2).asText()).isEqualTo("phone_sales_7d");
      assertThat(answer.path("results").get(2).toString()).contains("[1]", "PRESENT");
    } finally {
      stack.run("up", "feast");
    }
  }

  @Test
  @Order(4)
  void aViewIsFilledByAJobOfItsOwnAndTakenBack() throws Exception {
    JsonNode before = awaitUser(one, user -> user.contains("\"interactions_1h\":2"));
    String printed = stack.run("submit", "user-features", "--views", "user_domain_activity");
    assertThat(printed)
        .contains(
            "--without user_domain_activity",
            "user-features.user_domain_activity runs, --views user_domain_activity");
    buy("beside");
    JsonNode beside = awaitUser(one, user -> user.contains("\"interactions_1h\":3"));
    assertThat(beside.findPath("spend_30d").asDouble())
        .isEqualTo(before.findPath("spend_30d").asDouble() + 3);
    awaitEvents("upgrader", 3);

    assertThat(stack.run("submit", "user-features", "--fresh"))
        .contains("user-features.user_domain_activity stopped", "user-features runs")
        .doesNotContain("--without");
    buy("after-all");
    awaitUser(
        one, user -> user.contains("\"interactions_1h\":4") && user.contains("\"spend_30d\":12.0"));
    awaitEvents("upgrader", 4);
  }

  @Test
  @Order(5)
  void aMendedRecordIsCountedByTheRunningJobs() throws Exception {
    KafkaConfig kafka =
        ThawConfig.embedded(folder)
            .kafka()
            .withBootstrapServers("127.0.0.1:" + stack.setting("THAW_KAFKA_PORT"));
    String record =
        ("{\"event_id\":\"far-too-good\",\"user_id\":\"rater\",\"item_id\":\"late-arrival-2\","
                + "\"domain\":\"movies\",\"type\":\"rating\",\"value\":99,\"time\":\"%s\"}")
            .formatted(Instant.now());
    try (var producer = Installation.producer(kafka)) {
      producer
          .send(
              new ProducerRecord<>(
                  kafka.topics().events(), record.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
    Path letters = folder.resolve("letters.jsonl");
    do {
      deadLetters("list", "--to", letters.toString());
    } while (!Files.readString(letters).contains("far-too-good"));
    assertThat(Files.readString(letters)).contains("value", "99");
    Files.writeString(
        letters, Files.readString(letters).replace("\\\"value\\\":99", "\\\"value\\\":5"));
    assertThat(deadLetters("replay", "--from", letters.toString())).contains("1");
    awaitAt(one, "/v1/users/rater", user -> user.contains("\"rating_mean_90d\":5.0"));
    awaitEvents("rater", 1);
  }

  private static String deadLetters(String... arguments) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of("../../thaw", "dead-letters", arguments[0], "--config", "../local/thaw.yaml"));
    line.addAll(List.of(arguments).subList(1, arguments.length));
    return stack.run(Map.of("THAW_HEAP", "256m"), "with", line.toArray(String[]::new));
  }

  private static String mostActive() {
    return world.events().stream()
        .filter(event -> event.domain().value().equals("movies"))
        .collect(Collectors.groupingBy(event -> event.userId().value(), Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }

  private static void buy(String event) throws Exception {
    stack.post(
        one.resolve("/v1/events"),
        ("{\"event_id\":\"%s\",\"user_id\":\"upgrader\",\"item_id\":\"late-arrival-2\","
                + "\"domain\":\"movies\",\"type\":\"purchase\",\"value\":3,\"time\":\"%s\","
                + "\"context\":{\"device\":\"phone\"}}")
            .formatted(event, Instant.now()));
  }

  /** One for each user of the world, on an item that nobody knows yet. */
  private static String clicksOfEveryone() {
    return world.users().stream()
        .map(user -> user.userId().value())
        .map(
            user ->
                ("{\"event_id\":\"click-%s\",\"user_id\":\"%s\",\"item_id\":\"late-arrival-3\","
                        + "\"domain\":\"movies\",\"type\":\"click\",\"time\":\"%s\"}")
                    .formatted(user, user, Instant.now()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** How many different movies each user of the world has had to do with. */
  private static List<Integer> histories() throws Exception {
    return online(
        "user_history:interactions",
        world.users().stream().map(user -> user.userId().value()).toList(),
        true);
  }

  /** A feature of users, of their movies if it is one of users and domains. */
  private static List<Integer> online(String feature, List<String> users, boolean ofMovies)
      throws Exception {
    ObjectNode asked = JSON.createObjectNode();
    asked.putArray("features").add(feature);
    ObjectNode entities = asked.putObject("entities");
    users.forEach(entities.putArray("user_id")::add);
    if (ofMovies) {
      users.forEach(user -> entities.withArray("domain").add("movies"));
    }
    URI server = stack.server("THAW_FEATURE_SERVER_PORT").resolve("/get-online-features");
    JsonNode results = JSON.readTree(stack.post(server, asked.toString())).path("results");
    List<Integer> values = new ArrayList<>();
    results.get(results.size() - 1).path("values").forEach(value -> values.add(value.asInt()));
    assertThat(values).hasSameSizeAs(users);
    return values;
  }

  private static void awaitEvents(String user, int events) throws Exception {
    while (!online("user_activity:events_1h", List.of(user), false).equals(List.of(events))) {
      pause();
    }
  }

  private static JsonNode recommend(URI replica, String user) throws Exception {
    return JSON.readTree(
        stack.post(
            replica.resolve("/v1/recommendations"),
            "{\"user_id\":\"%s\",\"domain\":\"movies\",\"k\":5}".formatted(user)));
  }

  private static String version(URI replica) throws Exception {
    String ready = awaitAt(replica, "/readyz", answer -> !answer.contains("\"none\""));
    return JSON.readTree(ready).path("model_version").asText();
  }

  private static JsonNode awaitUser(URI server, Predicate<String> wanted) throws Exception {
    return JSON.readTree(awaitAt(server, "/v1/users/upgrader", wanted));
  }

  /** The test's time limit ends it. */
  private static String awaitAt(URI server, String path, Predicate<String> wanted)
      throws Exception {
    while (true) {
      String answer = stack.get(server.resolve(path));
      if (wanted.test(answer)) {
        return answer;
      }
      pause();
    }
  }

  private static URI awaitStart(Path output, Process server) throws Exception {
    while (true) {
      String printed = Files.readString(output);
      int at = printed.indexOf("http://");
      if (at >= 0 && printed.indexOf('\n', at) > 0) {
        return URI.create(printed.substring(at, printed.indexOf('\n', at)).trim());
      }
      assertThat(server.isAlive()).as(printed).isTrue();
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
  }
}
