package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.serving.ServerParts;
import dev.thaw.serving.ThawServer;
import dev.thaw.serving.catalogue.KafkaCatalogueFeed;
import dev.thaw.serving.eventlog.JournaledEventLog;
import dev.thaw.serving.eventlog.KafkaSender;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/** Wires the server to the store, index and broker of this process. */
public final class EmbeddedServer {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration ARTEFACTS_LOOKED_AT = Duration.ofMillis(500);

  private EmbeddedServer() {}

  /** Opens and starts. */
  static ThawServer start(ThawConfig config, InstantSource clock, Closing closing) {
    return start(parts(config, clock, closing));
  }

  /**
   * What a server of this configuration consists of, opened but not started.
   *
   * @param closing takes what has to be closed after the server
   */
  public static ServerParts parts(ThawConfig config, InstantSource clock, Closing closing) {
    DomainDefinitions domains = config.domains();
    FeatureDefinitions features = config.features();
    KafkaCatalogueFeed feed =
        closing.add(
            new KafkaCatalogueFeed(
                config.kafka(),
                config.kafka().topics().items(),
                WireFormats.items(domains, WireLimits.DEFAULT),
                clock));
    return ServerParts.of(
        config,
        domains,
        features,
        closing.add(OnlineStores.open(config.store(), features.views())),
        closing.add(
            OnlineStores.openRecentItems(
                config.store(), RecentItems.Bounds.DEFAULT, InstantSource.system())),
        closing.add(VectorIndexFactory.open(config.index())),
        ThawServer.artefacts(config.artefacts(), ARTEFACTS_LOOKED_AT),
        closing.add(
            JournaledEventLog.over(
                KafkaSender.connect(
                    config.kafka(), Duration.ofSeconds(3), WireLimits.DEFAULT.maxMessageBytes()),
                JournaledEventLog.Settings.in(config.home().resolve("journal")))),
        feed,
        clock);
  }

  /**
   * Starts what was opened; the caller closes the server.
   *
   * @throws IllegalStateException if it is not ready in time
   */
  public static ThawServer start(ServerParts parts) {
    ThawServer server = ThawServer.start(parts);
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!server.isReady()) {
      if (System.nanoTime() > until) {
        server.close();
        throw new IllegalStateException(
            "the server is not ready after " + PATIENCE.toSeconds() + " s");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    server.refresh();
    return server;
  }
}
