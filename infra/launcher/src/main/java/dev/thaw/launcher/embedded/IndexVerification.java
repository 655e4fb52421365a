package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.verifyindex.IndexReport;
import dev.thaw.flinkjobs.verifyindex.KnownItems;
import dev.thaw.flinkjobs.verifyindex.VerifyIndex;
import dev.thaw.launcher.console.Progress;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.catalogue.KafkaCatalogueFeed;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue as a server does, and compares it with the store and the indexes. */
public final class IndexVerification {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private IndexVerification() {}

  /**
   * One report an index.
   *
   * @throws IllegalArgumentException if the configuration wants a broker of its own
   * @throws IllegalStateException if the catalogue does not arrive in time
   */
  public static List<IndexReport> run(
      ThawConfig config, VerifyIndex.Asked asked, InstantSource clock, Progress progress)
      throws InterruptedException {
    if (config.kafka().isEmbedded()) {
      throw new IllegalArgumentException(
          "kafka.bootstrap_servers must name the broker with the catalogue, was \"embedded\"");
    }
    DomainDefinitions domains = config.domains();
    Catalogue catalogue =
        new Catalogue(domains.all().stream().map(DomainDefinition::name).toList());
    try (KafkaCatalogueFeed feed =
            new KafkaCatalogueFeed(
                config.kafka(),
                config.kafka().topics().items(),
                WireFormats.items(domains, WireLimits.DEFAULT),
                clock);
        var store = OnlineStores.open(config.store(), config.features().views());
        var indexes = VectorIndexFactory.open(config.index());
        Watching watching = new Watching(progress, catalogue)) {
      feed.follow(catalogue);
      awaitAll(feed, config, progress);
      return new VerifyIndex(
              new VerifyIndex.Parts(
                  domains,
                  known(catalogue),
                  store,
                  indexes,
                  ArtefactStore.open(config.artefacts())))
          .run(asked, watching);
    }
  }

  private static void awaitAll(KafkaCatalogueFeed feed, ThawConfig config, Progress progress)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (Progress.Task task = progress.begin("reading the catalogue", 0)) {
      while (!feed.isCaughtUp()) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException(
              "the catalogue can't be read from "
                  + config.kafka().bootstrapServers()
                  + " within "
                  + PATIENCE.toMinutes()
                  + " min");
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private static KnownItems known(Catalogue catalogue) {
    return new KnownItems() {
      @Override
      public Optional<CatalogueItem> find(ItemId item) {
        return Optional.ofNullable(catalogue.find(item)).map(ServedItem::record);
      }

      @Override
      public Stream<CatalogueItem> all() {
        return catalogue.domains().stream()
            .flatMap(IndexVerification::items)
            .filter(item -> !item.deleted())
            .map(ServedItem::record);
      }
    };
  }

  private static Stream<ServedItem> items(DomainCatalogue domain) {
    return IntStream.range(0, domain.size()).mapToObj(domain::get);
  }

  /** One task of the progress for each index, after another. */
  private static final class Watching implements VerifyIndex.Watcher, AutoCloseable {
    private final Progress progress;
    private final Catalogue catalogue;
    private Progress.@Nullable Task task;

    Watching(Progress progress, Catalogue catalogue) {
      this.progress = progress;
      this.catalogue = catalogue;
    }

    @Override
    public LongConsumer begins(String index) {
      close();
      Progress.Task begun = progress.begin("comparing " + index, catalogue.size());
      task = begun;
      return begun::at;
    }

    @Override
    public void close() {
      Progress.Task last = task;
      if (last != null) {
        last.close();
        task = null;
      }
    }
  }
}
