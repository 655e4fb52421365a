package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.serving.breaker.BreakerSettings;
import dev.thaw.serving.featureserver.schema.DefinedFeatures;
import dev.thaw.serving.featureserver.schema.RegistryFile;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A feature server and the store that was opened for it. */
public final class OpenedFeatureServer implements AutoCloseable {
  private final OnlineStore store;
  private final FeatureServer server;

  private OpenedFeatureServer(OnlineStore store, FeatureServer server) {
    this.store = store;
    this.server = server;
  }

  /**
   * @param address where to listen
   * @param registry that {@code feast apply} wrote; where it and {@code features.yaml} have a view
   *     of one name, the registry's is served, as by Feast
   * @throws IllegalArgumentException if the registry can't be used
   */
  public static OpenedFeatureServer of(
      ThawConfig config, FeatureServerConfig address, Optional<Path> registry) {
    ServedFeatures known = known(config, registry);
    OnlineStore store = OnlineStores.open(config.store(), known.schema());
    try {
      return new OpenedFeatureServer(
          store,
          FeatureServer.start(
              address,
              config.security(),
              known,
              store,
              InstantSource.system(),
              FeatureLimits.DEFAULT,
              BreakerSettings.defaults()));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static ServedFeatures known(ThawConfig config, Optional<Path> registry) {
    FeatureDefinitions definitions = config.features();
    String project = config.store().project();
    if (registry.isEmpty()) {
      return DefinedFeatures.of(definitions);
    }
    ServedFeatures registered = RegistryFile.read(registry.get(), project);
    return definitions.project().equals(project)
        ? registered.and(DefinedFeatures.of(definitions))
        : registered;
  }

  /** Where it listens. */
  public URI uri() {
    return server.uri();
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
