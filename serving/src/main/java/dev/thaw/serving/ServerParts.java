package dev.thaw.serving;

import com.linecorp.armeria.server.ServerBuilder;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.models.diversity.DiversityRule;
import dev.thaw.models.diversity.MaximalMarginalRelevance;
import dev.thaw.serving.breaker.BreakerSettings;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.CatalogueFeed;
import dev.thaw.serving.eventlog.EventLog;
import dev.thaw.serving.snapshot.ActiveSets;
import dev.thaw.serving.snapshot.ItemCounts;
import dev.thaw.vectorindex.VectorIndexes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Everything a server is made of. Whoever opened the parts closes them, after the server.
 *
 * @param models the artefact set; {@link ThawServer#artefacts} follows a folder of them
 * @param feed where catalogue records come from besides posts
 * @param diversity of recommendations
 * @param clock of event times and time to live; that of the data where old data is replayed
 * @param wallClock by which recent items are accepted and forgotten
 * @param nanoTime monotonic, for deadlines and breakers
 * @param requestIds new ones, unique among all servers
 * @param refreshEvery time between refreshes of popularity and posteriors
 * @param extension adds services of the embedding process, such as the bench's constant endpoint
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
    DiversityRule diversity,
    InstantSource clock,
    InstantSource wallClock,
    LongSupplier nanoTime,
    Supplier<RequestId> requestIds,
    Duration refreshEvery,
    BreakerSettings storeBreaker,
    BreakerSettings indexBreaker,
    Consumer<ServerBuilder> extension) {

  /** Opens the artefact sets once the catalogue they are matched with exists. */
  public interface ModelSource {
    ActiveSets open(Catalogue catalogue, VectorIndexes indexes, ItemCounts counts);
  }

  /** With the usual clocks, breakers and refresh interval. */
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
        new MaximalMarginalRelevance(0.95),
        clock,
        InstantSource.system(),
        System::nanoTime,
        RequestIds.random(),
        Duration.ofSeconds(2),
        BreakerSettings.defaults(),
        BreakerSettings.defaults().withThreads(4),
        builder -> {});
  }

  public ServerParts withRefreshEvery(Duration interval) {
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
        diversity,
        clock,
        wallClock,
        nanoTime,
        requestIds,
        interval,
        storeBreaker,
        indexBreaker,
        extension);
  }

  public ServerParts withRequestIds(Supplier<RequestId> ids) {
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
        diversity,
        clock,
        wallClock,
        nanoTime,
        ids,
        refreshEvery,
        storeBreaker,
        indexBreaker,
        extension);
  }

  public ServerParts withBreakers(BreakerSettings forStore, BreakerSettings forIndex) {
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
        diversity,
        clock,
        wallClock,
        nanoTime,
        requestIds,
        refreshEvery,
        forStore,
        forIndex,
        extension);
  }

  public ServerParts withExtension(Consumer<ServerBuilder> services) {
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
        diversity,
        clock,
        wallClock,
        nanoTime,
        requestIds,
        refreshEvery,
        storeBreaker,
        indexBreaker,
        services);
  }
}
