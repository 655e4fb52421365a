package dev.thaw.flinkjobs.itemstatistics;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.featuredefinitions.wire.ItemFlag;
import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.featurelog.LoggedStore;
import dev.thaw.flinkjobs.keyed.Events;
import dev.thaw.flinkjobs.keyed.Folds;
import dev.thaw.flinkjobs.keyed.Signals;
import dev.thaw.flinkjobs.keyed.StateTypes;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * Counts what happens to items.
 *
 * <pre>
 * events ------ by user: once -+- by item: statistics -- rows, flags
 * impressions - by user: once -+
 *                events once --- by user: segments ----- by domain, segment: popularity -- rows
 * </pre>
 */
public final class ItemStatistics {
  public static final String JOB = "item-statistics";
  static final String ITEM_VIEW = "item_statistics";
  static final String POPULARITY_VIEW = "popularity";

  private final FeatureDefinitions features;
  private final DomainDefinitions domains;
  private final Duration lateness;
  private final Duration refresh;

  /**
   * @param lateness of events and impressions behind the watermark that is still accepted
   * @param refresh rows of a key leave at most this often
   */
  public ItemStatistics(
      FeatureDefinitions features, DomainDefinitions domains, Duration lateness, Duration refresh) {
    this.features = features;
    this.domains = domains;
    this.lateness = lateness;
    this.refresh = refresh;
  }

  /**
   * @param events with event time
   * @param erasures of items
   * @param impressions with event time
   * @param segments of users; say nothing about time
   * @param store takes the rows
   * @param flags takes a flag when an item becomes warm
   * @param deadLetters takes late events and impressions
   */
  public void build(
      DataStream<Event> events,
      DataStream<Erasure> erasures,
      DataStream<Impression> impressions,
      DataStream<Change<UserSegment>> segments,
      Sink<ViewRow> store,
      Sink<ItemFlag> flags,
      Sink<DeadLetter> deadLetters) {
    SingleOutputStreamOperator<Event> once = Events.once(JOB, events, domains, lateness);
    SingleOutputStreamOperator<Impression> shown =
        Events.impressionsOnce(JOB, impressions, domains, lateness);
    once.getSideOutput(Folds.REJECTED)
        .union(shown.getSideOutput(Folds.REJECTED))
        .sinkTo(deadLetters)
        .name("late")
        .uid("late")
        .setParallelism(1);
    DataStream<ItemUpdate> updates = statistics(once, shown, erasures);
    updates
        .<ItemFlag>flatMap((update, out) -> collectFlag(update, out))
        .returns(StreamTypes.ITEM_FLAG)
        .name("flags")
        .sinkTo(flags)
        .name("item-flags")
        .uid("item-flags");
    LoggedStore.write(
        updates
            .map(update -> update.row)
            .returns(StreamTypes.VIEW_ROW)
            .name("rows")
            .union(popularity(once, segments)),
        store,
        "store");
  }

  private DataStream<ItemUpdate> statistics(
      DataStream<Event> events, DataStream<Impression> impressions, DataStream<Erasure> erasures) {
    DataStream<ItemActivity> touched =
        events
            .filter(event -> event.type().isInteraction())
            .map(ItemActivity::of)
            .returns(ItemActivity.TYPE)
            .name("interactions");
    DataStream<ItemActivity> shown =
        impressions
            .<ItemActivity>flatMap((impression, out) -> collectSlots(impression, out))
            .returns(ItemActivity.TYPE)
            .name("slots");
    return Folds.applyWithSignals(
        ITEM_VIEW,
        touched.union(shown).keyBy(activity -> activity.itemId, Types.STRING),
        Signals.ofErasures(erasures, ViewKeys.of(List.of("item_id")), domains),
        new ItemViewFold(domains, features.view(ITEM_VIEW).ttl()),
        TypeInformation.of(ItemState.class),
        ItemUpdate.TYPE,
        Pace.of(refresh),
        lateness);
  }

  private static void collectSlots(Impression impression, Collector<ItemActivity> out) {
    for (Impression.Slot slot : impression.slots()) {
      out.collect(ItemActivity.shown(impression, slot));
    }
  }

  private static void collectFlag(ItemUpdate update, Collector<ItemFlag> out) {
    ItemFlag flag = update.flag;
    if (flag != null) {
      out.collect(flag);
    }
  }

  private DataStream<ViewRow> popularity(
      DataStream<Event> events, DataStream<Change<UserSegment>> segments) {
    ViewKeys keys = ViewKeys.of(List.of("domain", "segment"));
    return Folds.apply(
        POPULARITY_VIEW,
        events
            .filter(event -> event.type().isInteraction())
            .keyBy(event -> event.userId().value(), Types.STRING)
            .connect(segments.keyBy(SegmentKeys::userOf, Types.STRING))
            .process(new SegmentJoin(), TypeInformation.of(SegmentInteraction.class))
            .name("user-segments")
            .uid("user-segments")
            .keyBy(in -> keys.join(in.domain(), in.segment()), Types.STRING),
        new PopularityViewFold(keys, features.view(POPULARITY_VIEW).ttl()),
        StateTypes.POPULAR_ITEMS,
        StreamTypes.VIEW_ROW,
        refresh);
  }
}
