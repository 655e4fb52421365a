package dev.thaw.flinkjobs.userfeatures;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.views.RollingAggregate;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.featurelog.LoggedStore;
import dev.thaw.flinkjobs.histories.HistoryViewFold;
import dev.thaw.flinkjobs.keyed.Events;
import dev.thaw.flinkjobs.keyed.Folds;
import dev.thaw.flinkjobs.keyed.Signals;
import dev.thaw.flinkjobs.keyed.StateTypes;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.EnrichedEvent;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Computes every view that {@code features.yaml} gives to {@code user-features}, or some of them:
 * the rolling ones as they are declared, one operator a view, and {@code user_history}.
 *
 * <pre>
 * events -- by user: deduplicate -+---------------------------- by the view's key: rolling view
 *   |                             +-- by item: item vectors --- by the view's key: rolling view
 *   +---------------------------------------------------------- by user, domain: history
 * </pre>
 *
 * Repeated events are dropped, late ones rejected, before the rolling views; the history needs
 * neither.
 */
public final class UserFeatures {
  public static final String JOB = FeatureDefinitions.ROLLING_WRITER;
  private static final String HISTORY_VIEW = "user_history";

  private final FeatureDefinitions features;
  private final DomainDefinitions domains;
  private final Duration lateness;
  private final Pace pace;
  private final List<String> views;

  /**
   * @param lateness of events behind the watermark that is still accepted
   * @param pace of the rows of a key
   */
  public UserFeatures(
      FeatureDefinitions features, DomainDefinitions domains, Duration lateness, Pace pace) {
    this(features, domains, lateness, pace, views(features));
  }

  private UserFeatures(
      FeatureDefinitions features,
      DomainDefinitions domains,
      Duration lateness,
      Pace pace,
      List<String> views) {
    this.features = features;
    this.domains = domains;
    this.lateness = lateness;
    this.pace = pace;
    this.views = List.copyOf(views);
  }

  /** All that are declared for this job, in the order of the file. */
  public static List<String> views(FeatureDefinitions features) {
    return features.views().stream()
        .filter(view -> view.writer().equals(JOB))
        .map(FeatureView::name)
        .toList();
  }

  /** The same, computing these views alone. */
  public UserFeatures withViews(List<String> some) {
    return new UserFeatures(features, domains, lateness, pace, some);
  }

  private List<FeatureView> rollingViews() {
    return features.rollingViews().stream().filter(view -> views.contains(view.name())).toList();
  }

  /**
   * @param events with event time
   * @param erasures of users; views keyed by items and users together empty by themselves
   * @param itemVectors content vectors; say nothing about time
   * @param store takes the rows
   * @param deadLetters takes late events
   */
  public void build(
      DataStream<Event> events,
      DataStream<Erasure> erasures,
      DataStream<Change<ItemVector>> itemVectors,
      Sink<ViewRow> store,
      Sink<DeadLetter> deadLetters) {
    SingleOutputStreamOperator<Event> once = Events.once(JOB, events, domains, lateness);
    once.getSideOutput(Folds.REJECTED)
        .sinkTo(deadLetters)
        .name("late-events")
        .uid("late-events")
        .setParallelism(1);
    // each view has a sink of its own: there its rows need not travel between tasks
    if (views.contains(HISTORY_VIEW)) {
      store(history(events, erasures), HISTORY_VIEW, store);
    }
    Vectors vectors = new Vectors(once, itemVectors);
    for (FeatureView view : rollingViews()) {
      store(rolling(view, vectors.forView(view), erasures), view.name(), store);
    }
  }

  private static void store(DataStream<ViewRow> rows, String view, Sink<ViewRow> store) {
    LoggedStore.write(rows, store, "store-" + view);
  }

  private DataStream<ViewRow> history(DataStream<Event> events, DataStream<Erasure> erasures) {
    FeatureView view = features.view(HISTORY_VIEW);
    ViewKeys keys = ViewKeys.ofEvents(features.joinKeys(view));
    return Folds.applyWithSignals(
        HISTORY_VIEW,
        events.keyBy(keys::textOf, Types.STRING),
        Signals.ofErasures(erasures, keys, domains),
        new HistoryViewFold(HISTORY_VIEW, view.ttl(), domains, keys),
        StateTypes.HISTORY,
        StreamTypes.VIEW_ROW,
        pace,
        lateness);
  }

  private DataStream<ViewRow> rolling(
      FeatureView view, DataStream<EnrichedEvent> events, DataStream<Erasure> erasures) {
    ViewKeys keys = ViewKeys.ofEvents(features.joinKeys(view));
    KeyedStream<EnrichedEvent, String> keyed =
        events.keyBy(enriched -> keys.textOf(enriched.event()), Types.STRING);
    return Folds.applyWithSignals(
        "rolling-" + view.name(),
        keyed,
        Signals.ofErasures(erasures, keys, domains),
        new RollingViewFold(view.name(), features, domains, keys, lateness, pace.everyVersion()),
        StateTypes.ROLLING,
        StreamTypes.VIEW_ROW,
        pace,
        lateness);
  }

  /** Events with vectors for the views that read them, made once and only if one does. */
  private final class Vectors {
    private final DataStream<EnrichedEvent> without;
    private final DataStream<EnrichedEvent> with;

    Vectors(DataStream<Event> events, DataStream<Change<ItemVector>> itemVectors) {
      without =
          events
              .map(event -> new EnrichedEvent(event, null))
              .returns(StreamTypes.ENRICHED_EVENT)
              .name("without-vectors");
      with = anyReads() ? enriched(events, itemVectors) : without;
    }

    private boolean anyReads() {
      return rollingViews().stream().anyMatch(view -> !vectorFeatures(view).isEmpty());
    }

    DataStream<EnrichedEvent> forView(FeatureView view) {
      return vectorFeatures(view).isEmpty() ? without : with;
    }

    private DataStream<EnrichedEvent> enriched(
        DataStream<Event> events, DataStream<Change<ItemVector>> itemVectors) {
      return events
          .keyBy(event -> event.itemId().value(), Types.STRING)
          .connect(itemVectors.keyBy(change -> change.key, Types.STRING))
          .process(new VectorEnrichment(types(), lateness), StreamTypes.ENRICHED_EVENT)
          .name("item-vectors")
          .uid("item-vectors");
    }

    private Set<String> types() {
      Set<String> types = new HashSet<>();
      for (FeatureView view : rollingViews()) {
        for (RollingAggregate rolling : vectorFeatures(view)) {
          if (rolling.types().isEmpty()) {
            return Set.of();
          }
          types.addAll(rolling.types());
        }
      }
      return Set.copyOf(types);
    }

    private static List<RollingAggregate> vectorFeatures(FeatureView view) {
      return view.features().stream()
          .map(FeatureDefinition::rolling)
          .filter(rolling -> rolling != null && rolling.readsItemVector())
          .toList();
    }
  }
}
