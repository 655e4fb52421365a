package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.DataFolderWriter;
import dev.thaw.launcher.world.World;
import dev.thaw.launcher.world.WorldConfig;
import dev.thaw.models.bandit.linear.LinearRow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, from a data folder with bad lines in it to explained answers and back. */
@Timeout(300)
class InstallationTest {
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static final WorldConfig CONFIG =
      new WorldConfig(5, END, Duration.ofDays(30), 250, 2, 2, 60, 30, 4);
  private static final World WORLD = World.generate(CONFIG);
  private static final int USERS = 80;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(END);

  @TempDir static Path home;
  private static Installation thaw;
  private static Installation.Loaded loaded;
  private static URI server;

  @BeforeAll
  static void start() throws Exception {
    try (DataFolderWriter writer = DataFolderWriter.open(home.resolve("world"), false)) {
      WORLD.write(writer, CONFIG);
    }
    DataFolder folder = DataFolder.open(home.resolve("world"));
    append(folder.items(), "{\"item_id\":\"bad-item\",\"domain\":\"nowhere\"}");
    append(folder.events(), "not JSON at all");
    append(folder.users(), "{\"attributes\":{}}");
    ThawConfig config = TinyWorld.config(home, folder);
    BanditPolicyConfig contextual =
        new BanditPolicyConfig(
            "linear-thompson", Map.of("noise", 0.3, "prior_precision", 1.0), 0, false);
    thaw =
        new Installation(
            config.withServing(
                config.serving().withBandit(contextual, ExplorationBudgetConfig.NONE)),
            Progress.silent());
    loaded = thaw.load(folder, END, TinyWorld.nobody());
    thaw.keepTime(NOW::get);
    thaw.train(NOW::get);
    server = thaw.serve(NOW::get);
  }

  @AfterAll
  static void stop() {
    thaw.close();
  }

  private static void append(Path file, String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  @Test
  void badLinesAreKeptWithFileLineAndReason() {
    assertThat(loaded.rejected()).isEqualTo(3);
    Map<String, DeadLetter> bySource =
        letters().stream()
            .collect(Collectors.toMap(l -> Path.of(l.source()).getFileName().toString(), l -> l));
    assertThat(bySource).containsOnlyKeys("items.jsonl", "events.jsonl", "users.jsonl");
    assertThat(bySource.get("items.jsonl").position()).isEqualTo(WORLD.items().size() + 1);
    assertThat(bySource.get("items.jsonl").rejection().toString()).contains("nowhere", "movies");
    assertThat(bySource.get("events.jsonl").position()).isEqualTo(WORLD.events().size() + 1);
    assertThat(bySource.get("users.jsonl").rejection().toString()).contains("user_id");
  }

  @Test
  void strangerGetsPopularItemsAWarmOneWhatIsLikedTogetherAndBothAreExplained() throws Exception {
    JsonNode stranger = recommend("stranger", 6);
    assertThat(stranger.at("/route/stage").asText()).isEqualTo("0");
    assertThat(stranger.at("/route/method").asText()).isEqualTo("popularity");
    assertExplained(stranger);

    Map<String, Set<String>> histories = histories();
    String warm =
        histories.entrySet().stream()
            .filter(e -> e.getValue().size() >= 20)
            .map(Map.Entry::getKey)
            .sorted()
            .findFirst()
            .orElseThrow();
    JsonNode known = recommend(warm, 6);
    assertThat(known.at("/route/stage").asText()).isEqualTo("20+");
    assertThat(known.at("/route/method").asText()).isEqualTo("item-to-item");
    assertExplained(known);
    assertThat(ids(known)).doesNotContainAnyElementsOf(histories.get(warm));
    assertThat(known.path("model_version").asText()).isNotEmpty();
  }

  @Test
  void likeIsLeftOutAndChangesTheRouteAtOnce() throws Exception {
    String liked = ids(recommend("newcomer", 6)).get(4);
    TinyWorld.post(server.resolve("/v1/events"), like("like-1", "newcomer", liked));

    JsonNode later = recommend("newcomer", 6);
    assertThat(later.at("/route/method").asText()).isEqualTo("item-to-item");
    assertThat(later.at("/route/stage").asText()).isEqualTo("1-2");
    assertThat(ids(later)).doesNotContain(liked);
  }

  @Test
  void postedItemIsFoundByItsContentAndADeletedOneIsGone() throws Exception {
    String title = WORLD.items().get(0).title();
    TinyWorld.post(
        server.resolve("/v1/items"),
        JSON.writeValueAsString(
            Map.of(
                "item_id",
                "posted",
                "domain",
                "movies",
                "title",
                String.valueOf(title),
                "time",
                END.toString())));
    await(
        () -> get("/v1/items/posted/similar?k=5"),
        answer -> ids(answer).contains(WORLD.items().get(0).itemId().value()));

    delete("/v1/items/posted");
    assertThat(status("/v1/items/posted/similar?k=5")).isEqualTo(404);
    await(
        () -> get("/v1/items/" + WORLD.items().get(0).itemId() + "/similar?k=5"),
        answer -> !ids(answer).contains("posted"));
  }

  @Test
  void answersToOnboardingRankUntilTheUserIsDeleted() throws Exception {
    JsonNode questions = get("/v1/onboarding?domain=movies");
    String asked = questions.at("/items/0/id").asText();
    assertThat(asked).isNotEmpty();
    TinyWorld.post(
        server.resolve("/v1/users"),
        ("{\"user_id\":\"asked\",\"time\":\"%s\",\"onboarding\":[{\"domain\":\"movies\","
                + "\"item_id\":\"%s\",\"liked\":true}]}")
            .formatted(END, asked));
    JsonNode answer =
        await(
            () -> recommend("asked", 6),
            a -> a.at("/route/method").asText().equals("item-to-item"));
    assertThat(ids(answer)).doesNotContain(asked);
    assertThat(get("/v1/users/asked").toString()).contains(asked);

    delete("/v1/users/asked");
    await(() -> recommend("asked", 6), a -> a.at("/route/method").asText().equals("popularity"));
    assertThat(get("/v1/users/asked").toString()).doesNotContain(asked);
  }

  @Test
  void whatWasShownComesBackAsEvidenceWhenTheRewardWindowIsOver() throws Exception {
    JsonNode shown = recommend("watched", 6);
    String arm = ids(shown).get(0);
    FeatureRow before = posterior(arm).orElse(null);
    long impressionsBefore = before == null ? 0 : impressions(before);

    NOW.updateAndGet(now -> now.plus(Duration.ofHours(2)));
    FeatureRow row =
        await(
                () -> {
                  // timers fire with a clock that goes on
                  NOW.updateAndGet(now -> now.plusSeconds(1));
                  return posterior(arm);
                },
                found -> found.isPresent() && impressions(found.get()) > impressionsBefore)
            .orElseThrow();
    assertThat(row.get("rewards")).isPresent();
  }

  @Test
  void usersOfEachKindAreShownMoreOfWhatTheirKindLikes() throws Exception {
    double[] before = ownShares("before");
    for (boolean acquainted : List.of(false, true)) {
      List<String> rewards = new ArrayList<>();
      for (JsonNode answer : answers("taught", acquainted)) {
        rewards.addAll(rewards(answer, acquainted));
      }
      post(rewards);
    }
    settle(8L * USERS);
    AtomicInteger asked = new AtomicInteger();
    await(
        () -> ownShares("after" + asked.incrementAndGet()),
        after -> after[0] > before[0] + 0.2 && after[1] > before[1] + 0.2);
  }

  /** To strangers, or to users with a first like, each of whom is new. */
  private static List<JsonNode> answers(String round, boolean acquainted) throws Exception {
    List<String> users =
        IntStream.range(0, USERS)
            .mapToObj(i -> round + (acquainted ? "-acquainted-" : "-stranger-") + i)
            .toList();
    String film = WORLD.items().get(0).itemId().value();
    if (acquainted) {
      post(users.stream().map(user -> like("first-" + user, user, film)).toList());
    }
    List<JsonNode> answers = new ArrayList<>();
    for (String user : users) {
      JsonNode answer = recommend(user, 2);
      assertThat(answer.at("/route/stage").asText()).isEqualTo(acquainted ? "1-2" : "0");
      answers.add(answer);
    }
    return answers;
  }

  /** Strangers like every other film, users with a first like those between. */
  private static boolean isLiked(String film, boolean acquainted) {
    return (film.charAt(film.length() - 1) % 2 == 0) == acquainted;
  }

  private static List<String> rewards(JsonNode answer, boolean acquainted) {
    String request = answer.path("request_id").asText();
    return ids(answer).stream()
        .filter(film -> isLiked(film, acquainted))
        .map(film -> like("liked-" + request + film, "of-" + request, film))
        .map(event -> event.replace("}", ",\"request_id\":\"" + request + "\"}"))
        .toList();
  }

  /** How much of the first slots is what strangers like, and what the others do. */
  private static double[] ownShares(String round) throws Exception {
    double[] shares = new double[2];
    for (boolean acquainted : List.of(false, true)) {
      shares[acquainted ? 1 : 0] =
          answers(round, acquainted).stream()
              .flatMap(answer -> ids(answer).stream())
              .mapToDouble(film -> isLiked(film, acquainted) ? 1 : 0)
              .average()
              .orElseThrow();
    }
    return shares;
  }

  private static void post(List<String> events) throws Exception {
    TinyWorld.post(server.resolve("/v1/events"), "[" + String.join(",", events) + "]");
  }

  /** Until so many slots have settled. */
  private static void settle(long slots) throws Exception {
    NOW.updateAndGet(now -> now.plus(Duration.ofHours(2)));
    await(
        () -> {
          NOW.updateAndGet(now -> now.plusSeconds(1));
          return settledSlots();
        },
        settled -> settled >= slots);
  }

  private static long settledSlots() {
    try (OnlineStore store =
        OnlineStores.open(thaw.config().store(), FeatureDefinitions.shipped().views())) {
      return store
          .read(
              WORLD.items().stream()
                  .map(
                      item ->
                          new OnlineStore.Read(
                              "arm_linear", EntityKey.of("item_id", item.itemId().value())))
                  .toList())
          .stream()
          .flatMap(Optional::stream)
          .flatMap(row -> LinearRow.read(row).cells().stream())
          .mapToLong(cell -> cell.sums().impressions())
          .sum();
    }
  }

  private static void assertExplained(JsonNode answer) {
    assertThat(ids(answer)).hasSize(6).doesNotHaveDuplicates();
    for (JsonNode item : answer.path("items")) {
      boolean drawn = item.path("source").asText().equals("bandit");
      double propensity = item.path("propensity").asDouble();
      assertThat(item.at("/explanation/text").asText()).isNotBlank();
      assertThat(propensity).isPositive();
      assertThat(drawn).isEqualTo(propensity < 1);
    }
    assertThat(answer.at("/items/0/source").asText()).isEqualTo("bandit");
    assertThat(answer.path("degraded")).isEmpty();
  }

  /** The interactions of the users of the movies. */
  private static Map<String, Set<String>> histories() {
    return WORLD.events().stream()
        .filter(e -> e.domain().value().equals("movies") && e.type().isInteraction())
        .collect(
            Collectors.groupingBy(
                e -> e.userId().value(),
                Collectors.mapping((Event e) -> e.itemId().value(), Collectors.toSet())));
  }

  private static String like(String id, String user, String item) {
    return ("{\"event_id\":\"%s\",\"user_id\":\"%s\",\"item_id\":\"%s\",\"domain\":\"movies\","
            + "\"type\":\"like\",\"time\":\"%s\"}")
        .formatted(id, user, item, NOW.get());
  }

  private static JsonNode recommend(String user, int k) throws Exception {
    return JSON.readTree(
        TinyWorld.post(
            server.resolve("/v1/recommendations"),
            "{\"user_id\":\"%s\",\"domain\":\"movies\",\"k\":%d,\"explain\":true}"
                .formatted(user, k)));
  }

  private static List<String> ids(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("items").forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }

  private static JsonNode get(String path) throws Exception {
    return JSON.readTree(TinyWorld.get(server.resolve(path)));
  }

  private static void delete(String path) throws Exception {
    assertThat(send(HttpRequest.newBuilder(server.resolve(path)).DELETE().build()))
        .isBetween(200, 204);
  }

  private static int status(String path) throws Exception {
    return send(HttpRequest.newBuilder(server.resolve(path)).build());
  }

  private static int send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static Optional<FeatureRow> posterior(String item) {
    ThawConfig config = thaw.config();
    try (OnlineStore store =
        OnlineStores.open(config.store(), FeatureDefinitions.shipped().views())) {
      return store
          .read(List.of(new OnlineStore.Read("arm_posterior", EntityKey.of("item_id", item))))
          .get(0);
    }
  }

  private static long impressions(FeatureRow row) {
    return ((FeatureValue.Int64) row.get("impressions").orElseThrow()).value();
  }

  private static Set<DeadLetter> letters() {
    Set<DeadLetter> found = new HashSet<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", thaw.config().kafka().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition only = new TopicPartition(thaw.config().kafka().topics().deadLetters(), 0);
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = consumer.endOffsets(List.of(only)).get(only);
      while (consumer.position(only) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                r ->
                    found.add(
                        WireFormats.deadLetters().read(r.value(), Instant.MAX).orElseThrow()));
      }
    }
    return found;
  }

  private interface Question<T> {
    T ask() throws Exception;
  }

  private static <T> T await(Question<T> question, Predicate<T> wanted) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    T answer = question.ask();
    while (!wanted.test(answer) && System.nanoTime() < until) {
      LockSupport.parkNanos(50_000_000);
      answer = question.ask();
    }
    assertThat(answer).matches(wanted);
    return answer;
  }
}
