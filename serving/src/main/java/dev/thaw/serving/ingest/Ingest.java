package dev.thaw.serving.ingest;

import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.serving.api.IngestReport;
import dev.thaw.serving.api.RecordSlice;
import dev.thaw.serving.breaker.Degradation;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.CatalogueBehindException;
import dev.thaw.serving.catalogue.CatalogueFeed;
import dev.thaw.serving.catalogue.ServedItem;
import dev.thaw.serving.eventlog.EventLog;
import dev.thaw.serving.eventlog.LogFullException;
import dev.thaw.serving.eventlog.LogRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

/**
 * Takes posted records: reads them, refuses the unusable one by one, makes the others durable, and
 * remembers what the next answer must know. A post is answered when its records are acknowledged by
 * the event log. Thread-safe.
 */
public final class Ingest {
  private static final int REMEMBERED_IDS = 200_000;

  private final WireFormat<Event> events;
  private final WireFormat<CatalogueItem> items;
  private final WireFormat<UserProfile> profiles;
  private final Topics topics;
  private final Catalogue catalogue;
  private final CatalogueFeed feed;
  private final EventLog log;
  private final RecentWrites recents;
  private final DomainDefinitions domains;
  private final AcceptedItems accepted;
  private final RecentIds seen = new RecentIds(REMEMBERED_IDS);
  private final InstantSource clock;
  private final InstantSource wallClock;
  private final ThreadPoolExecutor pool;
  private final MeterRegistry metrics;
  private final int errorsShown;

  /**
   * @param feed of the catalogue
   * @param recents shared by all servers
   * @param accepted of this server alone
   * @param clock against which event times may not lie ahead
   * @param wallClock of acceptance
   * @param pool bounded; a post that finds no room is refused like one the log has no room for
   */
  public Ingest(
      DomainDefinitions domains,
      Topics topics,
      Catalogue catalogue,
      CatalogueFeed feed,
      EventLog log,
      RecentWrites recents,
      AcceptedItems accepted,
      InstantSource clock,
      InstantSource wallClock,
      ThreadPoolExecutor pool,
      MeterRegistry metrics,
      int errorsShown) {
    this.events = WireFormats.events(domains, WireLimits.DEFAULT);
    this.items = WireFormats.items(domains, WireLimits.DEFAULT);
    this.profiles = WireFormats.profiles(domains, WireLimits.DEFAULT);
    this.topics = topics;
    this.catalogue = catalogue;
    this.feed = feed;
    this.log = log;
    this.recents = recents;
    this.domains = domains;
    this.accepted = accepted;
    this.clock = clock;
    this.wallClock = wallClock;
    this.pool = pool;
    this.metrics = metrics;
    this.errorsShown = errorsShown;
  }

  /**
   * Fails with {@link CatalogueBehindException}, and takes nothing, while an item that is not in
   * the catalogue may be known at another server.
   */
  public CompletableFuture<IngestReport> events(List<RecordSlice> records) {
    return onPool(
        () -> {
          Intake<Event> intake =
              Intake.read(records, events, this::unknownItem, clock.instant(), errorsShown);
          // as the store keeps it, so that what both know of a user is equal
          Instant now = wallClock.instant().truncatedTo(ChronoUnit.MILLIS);
          List<Event> fresh = fresh(intake.accepted());
          List<LogRecord> out = new ArrayList<>(fresh.size());
          List<RecentItems.Recent> interactions = new ArrayList<>();
          for (Event each : fresh) {
            out.add(LogRecord.of(topics.events(), each.userId().value(), events.write(each)));
            if (each.type().isInteraction()) {
              interactions.add(
                  new RecentItems.Recent(
                      each.userId(),
                      each.itemId(),
                      now,
                      domains.require(each.domain()).isPositive(each)));
            }
          }
          return appendRemembering(out, interactions)
              .thenApply(
                  unknownElsewhere -> {
                    seen.addAll(fresh.stream().map(each -> each.eventId().value()).toList());
                    count("events", intake);
                    return intake.report(
                        intake.accepted().size() - fresh.size(),
                        unknownElsewhere.map(Degradation::toString).stream().toList());
                  });
        });
  }

  public CompletableFuture<IngestReport> items(List<RecordSlice> records) {
    return onPool(
        () -> {
          Intake<CatalogueItem> intake =
              Intake.read(records, items, this::claimed, clock.instant(), errorsShown);
          List<CatalogueItem> newest = notOutdated(intake.accepted());
          List<LogRecord> out = new ArrayList<>();
          for (CatalogueItem each : newest) {
            out.add(LogRecord.of(topics.items(), each.itemId().value(), items.write(each)));
          }
          return append(out)
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      intake.accepted().forEach(catalogue::unclaim);
                    }
                  })
              .thenApply(
                  done -> {
                    intake.accepted().forEach(catalogue::put);
                    count("items", intake);
                    return intake.report(intake.accepted().size() - newest.size(), List.of());
                  });
        });
  }

  public CompletableFuture<IngestReport> users(List<RecordSlice> records) {
    return onPool(
        () -> {
          Intake<UserProfile> intake =
              Intake.read(
                  records, profiles, each -> Optional.empty(), clock.instant(), errorsShown);
          List<LogRecord> out = new ArrayList<>();
          for (UserProfile each : intake.accepted()) {
            out.add(LogRecord.of(topics.users(), each.userId().value(), profiles.write(each)));
          }
          return append(out)
              .thenApply(
                  done -> {
                    count("users", intake);
                    return intake.report(0, List.of());
                  });
        });
  }

  private Optional<Rejection> unknownItem(Event event) {
    ServedItem item = catalogue.find(event.itemId());
    if (item == null) {
      requireAllItems(event);
      return Optional.of(
          new Rejection(
              "item_id", event.itemId().value(), "must be in the catalogue; post it to /v1/items"));
    }
    return item.record().domain().equals(event.domain())
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                "domain",
                event.domain().value(),
                "must be the item's, which is " + item.record().domain()));
  }

  /** What other servers accepted while Kafka is away gets here when it is back. */
  private void requireAllItems(Event event) {
    boolean complete = feed.isCaughtUp();
    if (!complete || log.state() != EventLog.State.DIRECT) {
      throw new CatalogueBehindException(
          "item_id \""
              + event.itemId()
              + "\" is not in the catalogue of this server, which "
              + (complete ? "gets no new items as Kafka is away" : "is still being read")
              + "; nothing of the post was taken, try again later");
    }
  }

  /** An item that another domain has, or another record of this very post, is refused. */
  private Optional<Rejection> claimed(CatalogueItem item) {
    try {
      catalogue.claim(item);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          new Rejection("domain", item.domain().value(), String.valueOf(e.getMessage())));
    }
  }

  /**
   * Those that are not older than what is known of their item. The newer of two wins, but of a
   * compacted topic the one that came last.
   */
  private List<CatalogueItem> notOutdated(List<CatalogueItem> all) {
    List<CatalogueItem> kept = new ArrayList<>(all.size());
    Map<ItemId, Instant> newest = new HashMap<>();
    for (CatalogueItem each : all) {
      ServedItem known = catalogue.find(each.itemId());
      Instant before =
          newest.getOrDefault(each.itemId(), known == null ? Instant.MIN : known.record().time());
      if (!each.time().isBefore(before)) {
        kept.add(each);
        newest.put(each.itemId(), each.time());
      }
    }
    return kept;
  }

  private List<Event> fresh(List<Event> all) {
    List<Event> fresh = new ArrayList<>(all.size());
    Set<String> here = new HashSet<>();
    for (Event each : all) {
      String id = each.eventId().value();
      if (!seen.contains(id) && here.add(id)) {
        fresh.add(each);
      }
    }
    return fresh;
  }

  /**
   * Here at once, for all servers through the store; a store that is away delays nobody long. Only
   * what the log has taken: a write that was refused may have no effect.
   */
  private CompletableFuture<Optional<Degradation>> appendRemembering(
      List<LogRecord> out, List<RecentItems.Recent> interactions) {
    if (interactions.isEmpty()) {
      return append(out).thenApply(done -> Optional.empty());
    }
    // before the log takes it: a user who is erased after that is not to be remembered
    RecentWrites.Write write = recents.open(interactions);
    return append(out)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                recents.drop(write);
              }
            })
        .thenCompose(done -> recents.append(write, accepted::add));
  }

  private CompletableFuture<Void> append(List<LogRecord> records) {
    return records.isEmpty() ? CompletableFuture.completedFuture(null) : log.append(records);
  }

  private void count(String kind, Intake<?> intake) {
    metrics
        .counter("thaw.ingest", "kind", kind, "outcome", "accepted")
        .increment(intake.accepted().size());
    metrics
        .counter("thaw.ingest", "kind", kind, "outcome", "rejected")
        .increment(intake.rejected());
  }

  private <T> CompletableFuture<T> onPool(Supplier<CompletableFuture<T>> work) {
    try {
      return CompletableFuture.supplyAsync(work, pool).thenCompose(done -> done);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(
          new LogFullException("too many posts at once; try again later"));
    }
  }
}
