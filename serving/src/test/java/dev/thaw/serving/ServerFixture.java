package dev.thaw.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.MethodsConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.serving.breaker.BreakerSettings;
import dev.thaw.serving.catalogue.CatalogueFeed;
import dev.thaw.serving.eventlog.JournaledEventLog;
import dev.thaw.serving.eventlog.LogRecord;
import dev.thaw.serving.eventlog.RecordSender;
import dev.thaw.vectorindex.VectorIndexes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A real server on a free port over a real SQLite store, a real Lucene index and a real event log
 * in a temporary folder, with lines to them that can be cut.
 */
final class ServerFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  /** Of requests that name none; so long that nothing ends by it unless it hangs. */
  static final Duration DEADLINE = Duration.ofSeconds(20);

  static final BreakerSettings BREAKER =
      new BreakerSettings(4, 64, 10, 5, 0.5, Duration.ofMinutes(1), 1, Duration.ofMillis(50));
  private static final ObjectMapper JSON = new ObjectMapper();

  final Ticker ticker = new Ticker();
  final Trouble storeTrouble = new Trouble();
  final Trouble indexTrouble = new Trouble();
  final Delivered delivered = new Delivered();
  final ThawConfig config;
  final OnlineStore store;
  final RecentItems recents;
  final VectorIndexes indexes;
  final JournaledEventLog log;
  final ThawServer server;
  private final BlockingWebClient client;

  /** What reached the other side of the event log; it can refuse. */
  static final class Delivered implements RecordSender {
    final List<LogRecord> records = new CopyOnWriteArrayList<>();
    volatile boolean away;

    @Override
    public CompletableFuture<Void> send(List<LogRecord> batch) {
      if (away) {
        return CompletableFuture.failedFuture(new IOException("no broker"));
      }
      records.addAll(batch);
      return CompletableFuture.completedFuture(null);
    }

    List<JsonNode> of(String topic) {
      return records.stream()
          .filter(each -> each.topic().equals(topic) && each.value() != null)
          .map(each -> tree(each.value()))
          .toList();
    }

    @Override
    public void close() {}
  }

  /** The films of one category are few, all of them are not. */
  private static final int FEW = 12;

  ServerFixture(Path folder) {
    this(folder, UnaryOperator.identity(), UnaryOperator.identity());
  }

  ServerFixture(
      Path folder,
      UnaryOperator<ServerParts> parts,
      UnaryOperator<JournaledEventLog.Settings> logSettings) {
    this(folder, TestStores.indexes(folder), parts, logSettings);
  }

  /** With methods other than the usual ones. */
  ServerFixture(Path folder, MethodsConfig methods) {
    this(folder, serving -> serving.withMethods(methods));
  }

  /** With a bandit other than the usual one. */
  ServerFixture(Path folder, BanditPolicyConfig policy, ExplorationBudgetConfig budget) {
    this(folder, serving -> serving.withBandit(policy, budget));
  }

  /** With another configuration of what it answers. */
  ServerFixture(Path folder, UnaryOperator<ServingConfig> serving) {
    this(
        folder,
        serving,
        TestStores.indexes(folder),
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  /** On other indexes, which are closed with this. */
  ServerFixture(
      Path folder,
      VectorIndexes indexes,
      UnaryOperator<ServerParts> parts,
      UnaryOperator<JournaledEventLog.Settings> logSettings) {
    this(folder, UnaryOperator.identity(), indexes, parts, logSettings);
  }

  private ServerFixture(
      Path folder,
      UnaryOperator<ServingConfig> serving,
      VectorIndexes indexes,
      UnaryOperator<ServerParts> parts,
      UnaryOperator<JournaledEventLog.Settings> logSettings) {
    ThawConfig embedded = ThawConfig.embedded(folder);
    this.config = onFreePort(embedded.withServing(serving.apply(embedded.serving())));
    FeatureDefinitions features = FeatureDefinitions.shipped();
    this.store = TestStores.online(folder, features);
    this.recents = TestStores.recents(folder);
    this.indexes = indexes;
    this.log =
        JournaledEventLog.over(
            delivered, logSettings.apply(JournaledEventLog.Settings.in(folder.resolve("log"))));
    AtomicLong requests = new AtomicLong();
    this.server =
        ThawServer.start(
            parts.apply(
                ServerParts.of(
                        config,
                        DomainDefinitions.shipped(),
                        features,
                        new FailingStore(store, storeTrouble),
                        new FailingRecents(recents, storeTrouble),
                        new FailingIndexes(indexes, indexTrouble),
                        ThawServer.artefacts(config.artefacts(), Duration.ofMillis(20)),
                        log,
                        CatalogueFeed.NONE,
                        InstantSource.fixed(NOW))
                    .with(
                        ServerClocks.ofData(InstantSource.fixed(NOW)).withNanos(ticker),
                        ServerTuning.defaults()
                            .withRequestIds(() -> RequestId.of("r" + requests.incrementAndGet()))
                            .withRefreshEvery(Duration.ofHours(1))
                            .withScoredWhole(FEW)
                            .withBreakers(BREAKER, BREAKER))
                    // no caller is left that a connection would have to be kept for
                    .withExtension(server -> server.connectionDrainDuration(Duration.ZERO))));
    this.client =
        WebClient.builder(server.uri())
            .maxResponseLength(0)
            .responseTimeout(Duration.ofSeconds(30))
            .build()
            .blocking();
  }

  private static ThawConfig onFreePort(ThawConfig c) {
    ServingConfig s = c.serving();
    return c.withServing(
        new ServingConfig(
            "127.0.0.1",
            0,
            DEADLINE,
            s.maxK(),
            2,
            20,
            s.uniformFloor(),
            200,
            s.banditPolicy(),
            s.explorationBudget(),
            7,
            null,
            s.features(),
            s.methods(),
            s.experiment()));
  }

  /** Thirty films of three categories, popular in their order but for one without any text. */
  void films() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      lines.append(film("m" + i, "Film " + i, List.of("Drama", "Comedy", "Western").get(i % 3)));
    }
    expectOk(post("/v1/items", "application/x-ndjson", lines.toString()));
    popularity("*", java.util.stream.IntStream.range(0, 30).mapToObj(i -> "m" + i).toList());
  }

  static String film(String id, String title, String category) {
    return """
        {"item_id":"%s","domain":"movies","title":"%s","description":"","categories":["%s"],\
        "attributes":{},"available":true,"time":"2026-04-01T00:00:00Z"}
        """
        .formatted(id, title, category);
  }

  void popularity(String segment, List<String> ids) {
    double[] scores = new double[ids.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 1000 - i;
    }
    write(
        "popularity",
        EntityKey.of("domain", "movies", "segment", segment),
        Map.of(
            "item_ids",
            new FeatureValue.Texts(ids),
            "scores",
            FeatureValue.Float64s.copyOf(scores)));
    server.refresh();
  }

  void write(String view, EntityKey key, Map<String, FeatureValue> features) {
    store.write(view, List.of(new FeatureRow(key, features, NOW.minusSeconds(5))));
  }

  static String like(String id, String user, String item) {
    return """
        {"event_id":"%s","user_id":"%s","item_id":"%s","domain":"movies","type":"like",\
        "time":"2026-05-01T11:59:00Z"}"""
        .formatted(id, user, item);
  }

  AggregatedHttpResponse post(String path, String type, String body) {
    return post(path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  AggregatedHttpResponse post(String path, String type, byte[] body) {
    return client.execute(HttpRequest.of(HttpMethod.POST, path, MediaType.parse(type), body));
  }

  AggregatedHttpResponse call(HttpMethod method, String path, byte[] body) {
    return client.execute(HttpRequest.of(method, path, MediaType.JSON, body));
  }

  AggregatedHttpResponse get(String path) {
    return client.get(path);
  }

  AggregatedHttpResponse delete(String path) {
    return client.delete(path);
  }

  JsonNode recommend(String body) {
    return expectOk(post("/v1/recommendations", "application/json", body));
  }

  JsonNode recommend(String user, int k) {
    return recommend(
        "{\"user_id\":\"%s\",\"domain\":\"movies\",\"k\":%d,\"explain\":true}".formatted(user, k));
  }

  static List<String> ids(JsonNode answer) {
    return answer.path("items").findValuesAsText("id");
  }

  static JsonNode expectOk(AggregatedHttpResponse response) {
    if (response.status().code() / 100 != 2) {
      throw new AssertionError(response.status() + ": " + response.contentUtf8());
    }
    return tree(response.content().array());
  }

  static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    storeTrouble.recover();
    indexTrouble.recover();
    server.close();
    log.close();
    store.close();
    recents.close();
    indexes.close();
  }
}
