package dev.thaw.serving.ingest;

import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.Erasures;
import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.eventlog.EventLog;
import dev.thaw.serving.eventlog.LogRecord;
import dev.thaw.vectorindex.SpaceWriter;
import dev.thaw.vectorindex.VectorIndexes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Removes users and items from every store. The tombstone on the topic comes first: the jobs follow
 * it, so that a removal that fails half-way is finished by them, or by asking again.
 */
public final class Eraser {
  private final DomainDefinitions domains;
  private final FeatureDefinitions features;
  private final Topics topics;
  private final EventLog log;
  private final OnlineStore store;
  private final RecentItems recents;
  private final AcceptedItems accepted;
  private final RecentWrites waiting;
  private final VectorIndexes indexes;
  private final Catalogue catalogue;
  private final InstantSource clock;
  private final Executor blocking;

  public Eraser(
      DomainDefinitions domains,
      FeatureDefinitions features,
      Topics topics,
      EventLog log,
      OnlineStore store,
      RecentItems recents,
      AcceptedItems accepted,
      RecentWrites waiting,
      VectorIndexes indexes,
      Catalogue catalogue,
      InstantSource clock,
      Executor blocking) {
    this.domains = domains;
    this.features = features;
    this.topics = topics;
    this.log = log;
    this.store = store;
    this.recents = recents;
    this.accepted = accepted;
    this.waiting = waiting;
    this.indexes = indexes;
    this.catalogue = catalogue;
    this.clock = clock;
    this.blocking = blocking;
  }

  public CompletableFuture<Void> user(UserId user) {
    return log.append(recordsOf(user))
        .thenRunAsync(
            () -> {
              // first: nothing is accepted of the user after it that was posted before
              CompletableFuture<Void> settled = waiting.forget(user);
              accepted.forget(user);
              settled.join();
              recents.delete(user);
              store.delete(rowsOf(user));
            },
            blocking);
  }

  public CompletableFuture<Void> item(ItemId item) {
    return log.append(recordsOf(item))
        .thenRunAsync(
            () -> {
              catalogue.delete(item);
              store.delete(rowsOf(item));
              spaces().forEach(space -> deleteFrom(space, item));
            },
            blocking);
  }

  /** The jobs forget by what stands between the events; compacted topics forget their keys. */
  private List<LogRecord> recordsOf(UserId user) {
    List<LogRecord> records = new ArrayList<>();
    records.add(erased(Erasure.of(user, clock.instant())));
    records.add(LogRecord.tombstone(topics.users(), user.value()));
    for (DomainDefinition domain : domains.all()) {
      records.add(
          LogRecord.tombstone(topics.userSegments(), UserSegment.keyOf(user, domain.name())));
    }
    return records;
  }

  private List<LogRecord> recordsOf(ItemId item) {
    return List.of(
        erased(Erasure.of(item, clock.instant())),
        LogRecord.tombstone(topics.items(), item.value()),
        LogRecord.tombstone(topics.itemVectors(), item.value()),
        LogRecord.tombstone(topics.itemFlags(), item.value()));
  }

  private LogRecord erased(Erasure erasure) {
    return LogRecord.of(topics.events(), erasure.id(), Erasures.write(erasure));
  }

  private List<OnlineStore.Read> rowsOf(UserId user) {
    List<OnlineStore.Read> rows = new ArrayList<>();
    for (FeatureView view : features.views()) {
      if (view.entities().equals(List.of("user"))) {
        rows.add(new OnlineStore.Read(view.name(), EntityKey.of("user_id", user.value())));
      } else if (view.entities().contains("user") && view.entities().contains("domain")) {
        domains
            .all()
            .forEach(
                domain ->
                    rows.add(
                        new OnlineStore.Read(
                            view.name(),
                            EntityKey.of(
                                "user_id", user.value(), "domain", domain.name().value()))));
      }
    }
    return rows;
  }

  private List<OnlineStore.Read> rowsOf(ItemId item) {
    return features.views().stream()
        .filter(view -> view.entities().equals(List.of("item")))
        .map(view -> new OnlineStore.Read(view.name(), EntityKey.of("item_id", item.value())))
        .toList();
  }

  private List<String> spaces() {
    List<String> spaces = new ArrayList<>(List.of("content"));
    domains.all().forEach(domain -> spaces.add(FactorModel.spaceName(domain.name())));
    return spaces;
  }

  private void deleteFrom(String space, ItemId item) {
    SpaceWriter writer = indexes.writer(space);
    writer.delete(List.of(item));
    writer.refresh();
  }
}
