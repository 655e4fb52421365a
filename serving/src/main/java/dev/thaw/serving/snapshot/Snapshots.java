package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.DomainCatalogue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ranks of every domain, refreshed by one thread. While the store is away the last ones stay
 * and are called stale; items that come meanwhile are there all the same. Thread-safe.
 */
public final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final int STALE_AFTER = 5;

  private final Map<DomainId, RanksRefresh> domains = new LinkedHashMap<>();
  private final Duration every;
  private final LongSupplier nanoTime;
  private final Repeating refreshes;
  private volatile long refreshedAt;

  /**
   * @param evidence what of its arms is read
   * @param every time between refreshes
   */
  public Snapshots(
      Catalogue catalogue,
      OnlineReader store,
      Supplier<ActiveSet> models,
      Function<DomainId, BanditEvidence> evidence,
      LongSupplier nanoTime,
      Duration every) {
    this.every = every;
    this.nanoTime = nanoTime;
    for (DomainCatalogue each : catalogue.domains()) {
      domains.put(
          each.domain(),
          new RanksRefresh(
              each,
              store,
              () -> models.get().domain(each.domain()),
              evidence.apply(each.domain())));
    }
    this.refreshedAt = nanoTime.getAsLong();
    refresh();
    this.refreshes = new Repeating("snapshots", every, this::refresh);
  }

  public DomainRanks of(DomainId domain) {
    RanksRefresh refresh = domains.get(domain);
    if (refresh == null) {
      throw new IllegalArgumentException(
          "domain must be one of " + domains.keySet() + ", was " + domain);
    }
    return refresh.current();
  }

  /** Arms of all domains whose linear statistics could not be used as they are. */
  public long repairs() {
    return domains.values().stream().mapToLong(each -> each.current().repairs()).sum();
  }

  /** Items with few impressions that have the rate of their neighbours, of all configurations. */
  public long ofNeighbours() {
    return assumed().mapToLong(each -> each.rates().size()).sum();
  }

  /** Items with few impressions that have the domain's rate though neighbours are asked. */
  public long withoutNeighbours() {
    return assumed().mapToLong(AssumedRates::lacking).sum();
  }

  private Stream<AssumedRates> assumed() {
    return domains.values().stream().flatMap(each -> each.current().assumed().stream());
  }

  /** Whether the store has not answered for several refreshes. */
  public boolean isStale() {
    return nanoTime.getAsLong() - refreshedAt > every.toNanos() * STALE_AFTER;
  }

  /** Refreshes every domain now; for tests and before serving starts. */
  public synchronized void refresh() {
    boolean all = true;
    for (RanksRefresh each : domains.values()) {
      try {
        each.refresh();
      } catch (RuntimeException e) {
        LOG.warn("{} keeps its ranks: {}", each.domain(), e.toString());
        all = false;
        each.refreshFromMemory();
      }
    }
    if (all) {
      refreshedAt = nanoTime.getAsLong();
    }
  }

  @Override
  public void close() {
    refreshes.close();
  }
}
