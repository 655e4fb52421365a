package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command line says of a feature server beside {@code thaw.yaml}. */
public final class FeatureServerOptions {
  @Option(
      names = "--registry",
      paramLabel = "FILE",
      description =
          "registry.db that feast apply wrote: its views are served, too, also those of a later"
              + " apply.")
  private @Nullable Path registry;

  @Option(
      names = "--registry-seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often to look whether the registry has changed, ${DEFAULT-VALUE}.")
  private int registrySeconds = 10;

  @Option(names = "--host", description = "Address to listen on in place of the configured one.")
  private @Nullable String host;

  @Option(
      names = "--port",
      description = "Port to listen on in place of the configured one; 0 for any free one.")
  private @Nullable Integer port;

  /**
   * Opens the store and starts to serve.
   *
   * @throws IllegalArgumentException if address or registry can't be used
   */
  public OpenedFeatureServer open(ThawConfig config) {
    FeatureServerConfig configured = config.featureServer();
    FeatureServerConfig address =
        new FeatureServerConfig(
            host == null ? configured.host() : host, port == null ? configured.port() : port);
    if (registrySeconds < 1) {
      throw new IllegalArgumentException(
          "--registry-seconds must be at least 1, was " + registrySeconds);
    }
    return registry == null
        ? OpenedFeatureServer.of(config, address)
        : OpenedFeatureServer.of(config, address, registry, Duration.ofSeconds(registrySeconds));
  }
}
