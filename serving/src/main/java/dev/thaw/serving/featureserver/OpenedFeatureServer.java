package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.config.FeatureServerConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.serving.breaker.BreakerSettings;
import dev.thaw.serving.featureserver.schema.DefinedFeatures;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A feature server and the store that was opened for it. */
public final class OpenedFeatureServer implements AutoCloseable {
  private final FeatureServer server;
  private final Runnable storeClosing;

  private OpenedFeatureServer(FeatureServer server, Runnable storeClosing) {
    this.server = server;
    this.storeClosing = storeClosing;
  }

  /**
   * Serves what {@code features.yaml} defines.
   *
   * @param address where to listen
   */
  public static OpenedFeatureServer of(ThawConfig config, FeatureServerConfig address) {
    ServedFeatures known = DefinedFeatures.of(config.features());
    OnlineStore store = OnlineStores.open(config.store(), known.schema());
    Served served = new Served(known, store);
    return started(config, address, () -> served, store::close);
  }

  /**
   * Serves what is registered, also later; where registry and {@code features.yaml} have a view of
   * one name, the registry's is served, as by Feast.
   *
   * @param address where to listen
   * @param registry that {@code feast apply} wrote
   * @param every how often to look whether it did again
   * @throws IllegalArgumentException if the registry can't be used
   */
  public static OpenedFeatureServer of(
      ThawConfig config, FeatureServerConfig address, Path registry, Duration every) {
    FeatureDefinitions definitions = config.features();
    String project = config.store().project();
    ServedFeatures defined = DefinedFeatures.of(definitions);
    boolean both = definitions.project().equals(project);
    RegisteredFeatures features =
        new RegisteredFeatures(
            registry,
            project,
            registered -> both ? registered.and(defined) : registered,
            known -> OnlineStores.open(config.store(), known.schema()),
            every);
    return started(config, address, features, features::close);
  }

  private static OpenedFeatureServer started(
      ThawConfig config,
      FeatureServerConfig address,
      Supplier<Served> served,
      Runnable storeClosing) {
    try {
      FeatureServer server =
          FeatureServer.start(
              address,
              config.security(),
              served,
              InstantSource.system(),
              FeatureLimits.DEFAULT,
              BreakerSettings.defaults());
      return new OpenedFeatureServer(server, storeClosing);
    } catch (RuntimeException e) {
      storeClosing.run();
      throw e;
    }
  }

  /** Where it listens. */
  public URI uri() {
    return server.uri();
  }

  @Override
  public void close() {
    server.close();
    storeClosing.run();
  }
}
