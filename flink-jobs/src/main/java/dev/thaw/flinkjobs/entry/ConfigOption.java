package dev.thaw.flinkjobs.entry;

import dev.thaw.featuredefinitions.config.ThawConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every command here has. */
final class ConfigOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "thaw.yaml with the addresses of broker, store, index and artefacts")
  private Path file = Path.of("");

  ThawConfig load() {
    return ThawConfig.load(file, System.getenv());
  }

  /**
   * @throws IllegalArgumentException if the configuration names none
   */
  ThawConfig withBroker() {
    ThawConfig config = load();
    if (config.kafka().isEmbedded()) {
      throw new IllegalArgumentException(
          file + ": kafka.bootstrap_servers must name a broker, was \"embedded\"");
    }
    return config;
  }
}
