package dev.thaw.launcher;

import static dev.thaw.featuredefinitions.config.Role.ADMIN;
import static dev.thaw.featuredefinitions.config.Role.READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ApiKey;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExperimentConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of compose file and chart, read as Thaw reads them. */
class ContainerConfigurationTest {
  private static final String KEY = "key-of-sixteen-or-more";

  @TempDir Path folder;

  @Test
  void thatOfTheComposeFileNamesItsServers() throws IOException {
    ThawConfig config =
        read(
            Path.of("../containers/thaw.yaml"),
            Map.of(
                "THAW_HOME",
                "/home-of-one",
                "THAW_STORE",
                "redis://:secret@redis:6379",
                "THAW_API_KEY",
                KEY));
    assertThat(config.home()).hasToString("/home-of-one");
    assertThat(config.store().location()).isEqualTo("redis://:secret@redis:6379");
    assertThat(config.index().type()).isEqualTo("milvus");
    assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka:9092");
    assertThat(config.serving().host()).isEqualTo("0.0.0.0");
    assertThat(config.jobs().stateBackend()).isEqualTo("rocksdb");
    assertThat(config.jobs().featureLog()).hasToString("/var/lib/thaw/shared/feature-log");
  }

  @Test
  void thatOfTheChartTakesSecretsFromTheEnvironment() throws IOException {
    ThawConfig config =
        read(
            Path.of("../kubernetes/tests/thaw.yaml"),
            Map.of(
                "THAW_HOME", "/home-of-one",
                "REDIS_PASSWORD", "secret",
                "MILVUS_URL", "http://milvus:19530",
                "KAFKA_JAAS", "org.example.Module required password=\"secret\";",
                "THAW_KEY_SHOP", KEY,
                "THAW_KEY_THE_OWNER", KEY + "-of-the-owner"));
    assertThat(config.kafka().properties()).containsEntry("security.protocol", "SASL_SSL");
    assertThat(config.security().keys()).extracting(ApiKey::role).containsExactly(READ, ADMIN);
    assertThat(config.serving().methods().asksForLayers()).isTrue();
    assertThat(config.serving().methods().asksForSequences()).isTrue();
    assertThat(config.serving().methods().asksForEvidence()).isTrue();
    assertThat(config.security().rate()).isEqualTo(new SecurityConfig.Rate(200, 400));
    assertThat(config.security().tls().certificate()).hasToString("/etc/thaw-tls/tls.crt");
    assertThat(config.store().location()).isEqualTo("rediss://thaw:secret@redis:6379");
    assertThat(config.index().location()).isEqualTo("http://milvus:19530");
    assertThat(config.jobs().parameters()).containsEntry("train-factors.rank", "32");
    assertThat(config.jobs().featureLog()).hasToString("/var/lib/thaw/shared/feature-log");
    assertThat(config.featuresFile()).hasToString("/etc/thaw-definitions/features.yaml");
    assertThat(config.serving().uniformFloor()).isEqualTo(0.01);
    assertThat(config.serving().banditPolicy())
        .isEqualTo(
            new BanditPolicyConfig("epsilon-decaying", Map.of("c", 6.0, "gap", 0.05), 0.1, false));
    assertThat(config.serving().explorationBudget())
        .isEqualTo(new ExplorationBudgetConfig(0.05, 2_000_000, Integer.MAX_VALUE, 2));
    ExperimentConfig experiment = Objects.requireNonNull(config.serving().experiment());
    assertThat(experiment.configurations())
        .extracting(each -> each.serving().banditPolicy().name())
        .containsExactly("epsilon-decaying", "softmax");
    assertThat(experiment.configurations())
        .extracting(each -> each.serving().banditPolicy().asksNeighbours())
        .containsExactly(false, true);
    assertThat(experiment.configurations())
        .extracting(each -> each.serving().banditPolicy().logsFeatures())
        .containsExactly(false, true);
    assertThat(experiment.configurations().get(1).serving().draws()).isEqualTo(200);
  }

  private ThawConfig read(Path file, Map<String, String> environment) throws IOException {
    ThawConfig config =
        ThawConfig.load(
            Files.writeString(folder.resolve("thaw.yaml"), Files.readString(file)), environment);
    // they listen to a network, which no server does without keys
    config.security().requireKeysBeyondLoopback("serving.host", config.serving().host());
    return config;
  }
}
