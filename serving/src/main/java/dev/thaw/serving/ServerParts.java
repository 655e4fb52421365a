package dev.thaw.serving;

import com.linecorp.armeria.server.ServerBuilder;
import dev.thaw.featuredefinitions.config.FeatureSource;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.CatalogueFeed;
import dev.thaw.serving.eventlog.EventLog;
import dev.thaw.serving.remotefeatures.RemoteFeatures;
import dev.thaw.serving.snapshot.ActiveSets;
import dev.thaw.vectorindex.VectorIndexes;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Everything a server is made of. Whoever opened the parts closes them, after the server; a
 * configured feature server's reader holds nothing that has to be closed.
 *
 * @param models the artefact set; {@link ThawServer#artefacts} follows a folder of them
 * @param feed where catalogue records come from besides posts
 * @param store what is written, and read where no feature server is configured
 * @param extension adds services of the embedding process, such as the bench's constant endpoint
 * @param reader where features are read
 */
public record ServerParts(
    ThawConfig config,
    DomainDefinitions domains,
    FeatureDefinitions features,
    OnlineStore store,
    RecentItems recents,
    VectorIndexes indexes,
    ModelSource models,
    EventLog log,
    CatalogueFeed feed,
    ServerClocks clocks,
    ServerTuning tuning,
    Consumer<ServerBuilder> extension,
    OnlineReader reader) {

  /** Opens the artefact sets once the catalogue they are matched with exists. */
  public interface ModelSource {
    ActiveSets open(Catalogue catalogue, VectorIndexes indexes);
  }

  /** With the usual clocks and tuning. */
  public static ServerParts of(
      ThawConfig config,
      DomainDefinitions domains,
      FeatureDefinitions features,
      OnlineStore store,
      RecentItems recents,
      VectorIndexes indexes,
      ModelSource models,
      EventLog log,
      CatalogueFeed feed,
      InstantSource clock) {
    return new ServerParts(
        config,
        domains,
        features,
        store,
        recents,
        indexes,
        models,
        log,
        feed,
        ServerClocks.ofData(clock),
        ServerTuning.of(config),
        builder -> {},
        reader(config, features, store));
  }

  public ServerParts with(ServerClocks otherClocks, ServerTuning otherTuning) {
    return new ServerParts(
        config,
        domains,
        features,
        store,
        recents,
        indexes,
        models,
        log,
        feed,
        otherClocks,
        otherTuning,
        extension,
        reader);
  }

  public ServerParts withExtension(Consumer<ServerBuilder> services) {
    return new ServerParts(
        config, domains, features, store, recents, indexes, models, log, feed, clocks, tuning,
        services, reader);
  }

  private static OnlineReader reader(
      ThawConfig config, FeatureDefinitions features, OnlineStore store) {
    FeatureSource from = config.serving().features();
    return from.isRemote()
        ? RemoteFeatures.open(from, config.security(), OnlineSchema.of(features.views()))
        : store;
  }
}
