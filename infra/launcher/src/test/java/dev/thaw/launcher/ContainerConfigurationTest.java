package dev.thaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.ThawConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of compose file and chart, read as Thaw reads them. */
class ContainerConfigurationTest {
  /** Sections that stand there before Thaw reads them: taken out until it does. */
  private static final Pattern NOT_READ_YET = Pattern.compile("(?m)^(security):.*\\n(?: .*\\n)*");

  @TempDir Path folder;

  @Test
  void thatOfTheComposeFileNamesItsServers() throws IOException {
    ThawConfig config =
        read(
            Path.of("../containers/thaw.yaml"),
            Map.of("THAW_HOME", "/home-of-one", "THAW_STORE", "redis://:secret@redis:6379"));
    assertThat(config.home()).hasToString("/home-of-one");
    assertThat(config.store().location()).isEqualTo("redis://:secret@redis:6379");
    assertThat(config.index().type()).isEqualTo("milvus");
    assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka:9092");
    assertThat(config.serving().host()).isEqualTo("0.0.0.0");
    assertThat(config.jobs().stateBackend()).isEqualTo("rocksdb");
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
                "API_KEYS", "keys"));
    assertThat(config.store().location()).isEqualTo("rediss://thaw:secret@redis:6379");
    assertThat(config.index().location()).isEqualTo("http://milvus:19530");
    assertThat(config.jobs().parameters()).containsEntry("train-factors.rank", "32");
    assertThat(config.featuresFile()).hasToString("/etc/thaw-definitions/features.yaml");
    assertThat(config.serving().uniformFloor()).isEqualTo(0.01);
  }

  private ThawConfig read(Path file, Map<String, String> environment) throws IOException {
    String text = NOT_READ_YET.matcher(Files.readString(file) + "\n").replaceAll("");
    return ThawConfig.load(Files.writeString(folder.resolve("thaw.yaml"), text), environment);
  }
}
