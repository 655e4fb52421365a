package dev.thaw.featuredefinitions.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.config.ThawConfig.Index;
import dev.thaw.featuredefinitions.config.ThawConfig.Jobs;
import dev.thaw.featuredefinitions.config.ThawConfig.Store;
import dev.thaw.featuredefinitions.yaml.YamlFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThawConfigTest {
  /** Every key there is, none at its default. */
  private static final String FULL =
      """
      version: 1
      home: home
      kafka: {bootstrap_servers: "a:9092,b:9092", topic_prefix: shop, partitions: 8, properties: {security.protocol: SSL}}
      store: {type: redis, location: "redis://r:6379", project: shop}
      index: {type: milvus, location: "http://m:19530"}
      artefacts: ../artefacts
      features: my-features.yaml
      domains: my-domains.yaml
      encoder: {model: encoders/e5, batch_size: 8}
      jobs:
        parallelism: 4
        lateness: 2h
        out_of_order: 5s
        reward_window: 1d
        flush_interval: 50ms
        checkpoint_interval: 1m
        state_backend: rocksdb
        parameters: {factors.rank: 64}
      serving:
        host: 0.0.0.0
        port: 9000
        deadline: 80ms
        max_k: 50
        bandit_slots: 1
        shortlist: 20
        uniform_floor: 0.05
        draws: 500
        seed: 11
        features: {type: remote, location: "grpcs://f:6566", key: k, ca: ca.pem}
      feature_server: {host: 0.0.0.0, port: 7000}
      security:
        keys:
          - {name: shop, role: write, key: shop-key-of-sixteen}
          - {name: owner, role: admin, key_hash: %s}
        rate: {requests_per_second: 50, burst: 200}
        admin: {host: 0.0.0.0, port: 9001}
        tls: {certificate: tls.crt, key: tls.key, client_ca: callers.pem}
      """
          .formatted("AB".repeat(32));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("thaw.yaml");
  }

  @Test
  void defaultsRunEmbedded() throws IOException {
    ThawConfig config = load("version: 1\nhome: here", Map.of());

    assertThat(config).isEqualTo(ThawConfig.embedded(folder.resolve("here")));
    assertThat(config)
        .isEqualTo(
            new ThawConfig(
                folder.resolve("here"),
                new KafkaConfig("embedded", "thaw", 2),
                new Store("sqlite", folder.resolve("here/online_store.db").toString(), "thaw"),
                new Index("lucene", folder.resolve("here/index").toString()),
                folder.resolve("here/artefacts"),
                null,
                null,
                new EncoderConfig("minilm", 32),
                new Jobs(
                    1,
                    Duration.ofHours(1),
                    Duration.ofMillis(200),
                    Duration.ofMinutes(30),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    "hashmap",
                    Map.of(),
                    null),
                new ServingConfig(
                    "127.0.0.1",
                    8080,
                    Duration.ofMillis(200),
                    200,
                    2,
                    100,
                    0.01,
                    400,
                    BanditPolicyConfig.USUAL,
                    ExplorationBudgetConfig.NONE,
                    7,
                    null,
                    new FeatureSource("direct", ""),
                    MethodsConfig.USUAL,
                    null),
                new FeatureServerConfig("127.0.0.1", 6566),
                new SecurityConfig(List.of(), null, null)));
    assertThat(config.kafka().isEmbedded()).isTrue();
    assertThat(config.features().project()).isEqualTo("thaw");
    assertThat(config.domains().all()).hasSize(2);
    assertThat(load("version: 1", Map.of()).home()).isEqualTo(folder.resolve(".thaw"));
    assertThat(load("version: 1\njobs: {feature_log: on}", Map.of()).jobs().featureLog())
        .isEqualTo(folder.resolve(".thaw/feature-log"));
    assertThat(load("version: 1\njobs: {feature_log: off}", Map.of()).jobs().featureLog()).isNull();
  }

  @Test
  void whatAsksForAMetaLearnedModelSaysSo() throws IOException {
    MethodsConfig layers =
        load("version: 1\nserving: {methods: {1-2: [meta-learned]}}", Map.of()).serving().methods();
    assertThat(layers.asksForLayers()).isTrue();
    assertThat(layers.asksForEvidence()).isFalse();
    MethodsConfig evidence =
        load("version: 1\nserving: {onboarding: evidence}", Map.of()).serving().methods();
    assertThat(evidence.asksForLayers()).isFalse();
    assertThat(evidence.asksForMetaLearning()).isTrue();
    assertThat(MethodsConfig.USUAL.asksForMetaLearning()).isFalse();
    assertThatThrownBy(() -> load("version: 1\nserving: {onboarding: quiz}", Map.of()))
        .hasMessageContaining("onboarding")
        .hasMessageContaining("quiz");
  }

  @Test
  void whatAsksForAModelOfTheOrderOfLikesSaysSo() throws IOException {
    MethodsConfig asking =
        load("version: 1\nserving: {methods: {20+: [sequential, item-to-item]}}", Map.of())
            .serving()
            .methods();
    assertThat(asking.asksForSequences()).isTrue();
    assertThat(asking.asksForMetaLearning()).isFalse();
    assertThat(MethodsConfig.USUAL.asksForSequences()).isFalse();
  }

  @Test
  void everyKeyIsRead() throws IOException {
    String parameters = "  parameters: {factors.rank: 64}\n";
    String seed = "  seed: 11\n";
    String bandit =
        """
          bandit_policy:
            {name: epsilon-decaying, c: 6, gap: 0.05, newcomer_share: 0.2, allow_unsupported: true,
             prior: neighbours, log_features: true}
          exploration_budget: {share: 0.05, per_item: 200, per_user: 5, per_session: 2}
        """;
    String methods = "  methods: {\"3-19\": [meta-learned, factors]}\n  onboarding: evidence\n";
    assertThat(
            load(
                FULL.replace(parameters, parameters + "  feature_log: log\n")
                    .replace(seed, seed + bandit + methods),
                Map.of()))
        .isEqualTo(
            new ThawConfig(
                folder.resolve("home"),
                new KafkaConfig("a:9092,b:9092", "shop", 8, Map.of("security.protocol", "SSL")),
                new Store("redis", "redis://r:6379", "shop"),
                new Index("milvus", "http://m:19530"),
                folder.resolveSibling("artefacts"),
                folder.resolve("my-features.yaml"),
                folder.resolve("my-domains.yaml"),
                new EncoderConfig(folder.resolve("encoders/e5").toString(), 8),
                new Jobs(
                    4,
                    Duration.ofHours(2),
                    Duration.ofSeconds(5),
                    Duration.ofDays(1),
                    Duration.ofMillis(50),
                    Duration.ofMinutes(1),
                    "rocksdb",
                    Map.of("factors.rank", "64"),
                    folder.resolve("log")),
                new ServingConfig(
                    "0.0.0.0",
                    9000,
                    Duration.ofMillis(80),
                    50,
                    1,
                    20,
                    0.05,
                    500,
                    new BanditPolicyConfig(
                        "epsilon-decaying",
                        Map.of("c", 6.0, "gap", 0.05),
                        0.2,
                        true,
                        "neighbours",
                        true),
                    new ExplorationBudgetConfig(0.05, 200, 5, 2),
                    11,
                    null,
                    new FeatureSource("remote", "grpcs://f:6566", "k", folder.resolve("ca.pem")),
                    new MethodsConfig(
                        Map.of("3-19", List.of("meta-learned", "factors")), "evidence"),
                    null),
                new FeatureServerConfig("0.0.0.0", 7000),
                new SecurityConfig(
                    List.of(
                        ApiKey.ofKey("shop", Role.WRITE, "shop-key-of-sixteen"),
                        new ApiKey("owner", Role.ADMIN, "ab".repeat(32))),
                    new SecurityConfig.Rate(50, 200),
                    new SecurityConfig.Admin("0.0.0.0", 9001),
                    new TlsConfig(
                        folder.resolve("tls.crt"),
                        folder.resolve("tls.key"),
                        folder.resolve("callers.pem")))));
  }

  @Test
  void variablesOfTheEnvironmentTakeTheTypeOfTheirValue() throws IOException {
    String text =
        """
        version: 1
        kafka: {bootstrap_servers: "${BROKER}:9092", topic_prefix: "${PREFIX:-thaw}"}
        serving:
          port: ${PORT}
        """;

    ThawConfig config = load(text, Map.of("BROKER", "kafka-1", "PORT", "8081"));

    assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka-1:9092");
    assertThat(config.kafka().topicPrefix()).isEqualTo("thaw");
    assertThat(config.serving().port()).isEqualTo(8081);
    assertThatThrownBy(() -> load(text, Map.of("PORT", "1")))
        .isInstanceOf(YamlFault.class)
        .hasMessage(file + ":2: kafka.bootstrap_servers: environment variable BROKER is not set");
    assertThatThrownBy(() -> load(text, Map.of("BROKER", "b", "PORT", "many")))
        .hasMessage(file + ":4: serving.port: must be an integer, was \"many\"");
  }

  @Test
  void itemsScoredWholeAreANumberOrLeftToTheKindOfIndex() throws IOException {
    assertThat(scoredWhole("auto")).isNull();
    assertThat(scoredWhole("0")).isZero();
    assertThatThrownBy(() -> scoredWhole("-1"))
        .hasMessageContaining("serving.scored_whole: must be in [0, 1000000], was -1");
    assertThatThrownBy(() -> scoredWhole("many"))
        .hasMessageContaining("serving.scored_whole: must be an integer");
  }

  private @Nullable Integer scoredWhole(String text) throws IOException {
    return load("version: 1\nserving: {scored_whole: " + text + "}", Map.of())
        .serving()
        .scoredWhole();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "version: 1 | version: 3 | 1 | version: must be 1, was 3",
        "home: home | hom: home | 2 | hom: unknown key, known are version, home, kafka",
        "partitions: 8 | partitions: 0 | 3 | kafka.partitions: must be in [1, 1024], was 0",
        "partitions: 8 | partitons: 8 | 3 | kafka.partitons: unknown key",
        "topic_prefix: shop | topic_prefix: a b | 3 | kafka.topic_prefix: must be 1 to 64",
        "type: redis | type: mysql | 4 | store.type: must be one of sqlite, redis, was \"mysql\"",
        "project: shop | project: Shop | 4 | store.project: must be 1 to 63 characters",
        ", location: \"redis://r:6379\" | ~~ | 4 | store.location: is missing",
        "type: milvus | type: faiss | 5 | index.type: must be one of lucene, milvus, exact",
        "batch_size: 8 | batch_size: 5000 | 9 | encoder.batch_size: must be in [1, 1024]",
        "parallelism: 4 | parallelism: four | 11 | jobs.parallelism: must be an integer",
        "parallelism: 4 | parallelism: 99999999999 | 11 | must be a 32-bit integer",
        "lateness: 2h | lateness: -2h | 12 | jobs.lateness: must be a duration such as",
        "reward_window: 1d | reward_window: 0s | 14 | jobs.reward_window: must be longer than 0",
        "state_backend: rocksdb | state_backend: redis | 17 | must be one of hashmap, rocksdb",
        "port: 9000 | port: 70000 | 21 | serving.port: must be in [0, 65535], was 70000",
        "deadline: 80ms | deadline: 80 | 22 | serving.deadline: must be a duration",
        "max_k: 50 | max_k: 0 | 23 | serving.max_k: must be in [1, 1000], was 0",
        "bandit_slots: 1 | bandit_slots: 3 | 24 | serving.bandit_slots: must be in [0, 2], was 3",
        "shortlist: 20 | shortlist: 501 | 25 | serving.shortlist: must be in [1, 500], was 501",
        "uniform_floor: 0.05 | uniform_floor: 0 | 26 | serving.uniform_floor: must be in (0, 1]",
        "type: remote | type: near | 29 | serving.features.type: must be one of direct, remote",
        "grpcs://f:6566 | http://f:6566 | 29 | serving.features.location: must be grpc://host:port",
        "type: remote | type: direct | 29 | serving.features.location: must be left out",
        "grpcs://f:6566 | grpc://f:6566 | 29 | serving.features.ca: must be left out where location",
        "port: 7000 | port: -1 | 30 | feature_server.port: must be in [0, 65535], was -1",
        "port: 7000 | prt: 7000 | 30 | feature_server.prt: unknown key",
        "security.protocol: | acks: | 3 | kafka.properties: must be of security.*, sasl.* or ssl.*",
        "role: write | role: all | 33 | security.keys[0].role: must be one of READ, WRITE, ADMIN",
        "key: shop-key-of-sixteen | key: short | 33 | key: must have at least 16 characters, has 5",
        "key: shop-key-of-sixteen | ky: x | 33 | security.keys[0].ky: unknown key",
        "key: shop-key-of-sixteen | key_hash: shop | 33 | key_hash: must be the 64 hexadecimal",
        "role: write, key: shop-key-of-sixteen | role: write | 33 | security.keys[0].key: must be",
        "name: owner | name: shop | 33 | keys: must have names of their own, two are \"shop\"",
        "requests_per_second: 50 | requests_per_second: 0 | 35 | must be in [1, 1000000], was 0",
        "burst: 200 | burst: 0 | 35 | security.rate.burst: must be in [1, 10000000], was 0",
        "port: 9001 | port: 90010 | 36 | security.admin.port: must be in [0, 65535], was 90010",
        "key: tls.key, | ~~ | 37 | security.tls.key: is missing",
        "client_ca: | clients: | 37 | security.tls.clients: unknown key",
      })
  void faultsNameLineKeyValueAndBound(String part, String replacement, int line, String message) {
    assertThat(FULL).contains(part);

    assertThatThrownBy(() -> load(FULL.replace(part, replacement), Map.of()))
        .isInstanceOf(YamlFault.class)
        .hasMessageStartingWith(file + ":" + line + ": ")
        .hasMessageContaining(message);
  }

  private ThawConfig load(String text, Map<String, String> environment) throws IOException {
    Files.writeString(file, text);
    return ThawConfig.load(file, environment);
  }
}
