package dev.thaw.flinkjobs.userfeatures;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.EnrichedEvent;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gives each event the vector of its item; keyed by item. An event never waits: where the vector is
 * not there yet, it passes without, and features of vectors leave it out. When the vector comes
 * within the lateness, a correction follows that only those features take: a new item is clicked
 * before it is encoded.
 *
 * <p>State is one vector for each item of the catalogue, which goes when the item is deleted, and
 * of an item without a vector the first {@value #MAX_WITHOUT} events that are not older than the
 * lateness.
 */
final class VectorEnrichment
    extends KeyedCoProcessFunction<String, Event, Change<ItemVector>, EnrichedEvent> {
  /** Events of an item that are remembered until its vector comes. */
  static final int MAX_WITHOUT = 1_000;

  private static final long serialVersionUID = 1L;

  private final Set<String> types;
  private final long latenessMillis;
  private transient ValueState<ItemVector> vectors;
  private transient ListState<Event> without;
  private transient ValueState<Integer> withoutCount;

  /**
   * @param types event types whose vector any feature reads; empty means all. The others are spared
   *     the weight
   * @param lateness how far behind the watermark an event's correction may be
   */
  @SuppressWarnings("NullAway.Init") // the state comes with open()
  VectorEnrichment(Set<String> types, Duration lateness) {
    this.types = types;
    this.latenessMillis = lateness.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    vectors =
        getRuntimeContext().getState(new ValueStateDescriptor<>("vector", StreamTypes.ITEM_VECTOR));
    without =
        getRuntimeContext().getListState(new ListStateDescriptor<>("without", StreamTypes.EVENT));
    withoutCount =
        getRuntimeContext().getState(new ValueStateDescriptor<>("without-count", Types.INT));
  }

  @Override
  public void processElement1(Event event, Context context, Collector<EnrichedEvent> out)
      throws Exception {
    if (!types.isEmpty() && !types.contains(event.type().name())) {
      out.collect(new EnrichedEvent(event, null));
      return;
    }
    ItemVector vector = vectors.value();
    out.collect(new EnrichedEvent(event, vector == null ? null : vector.vector()));
    if (vector == null) {
      remember(event, context);
    }
  }

  private void remember(Event event, Context context) throws Exception {
    @Nullable Integer known = withoutCount.value();
    int count = known == null ? 0 : known;
    if (count == MAX_WITHOUT) {
      return;
    }
    without.add(event);
    withoutCount.update(count + 1);
    if (count == 0) {
      context.timerService().registerEventTimeTimer(forgottenAt(event));
    }
  }

  private long forgottenAt(Event event) {
    return event.timeMillis() + latenessMillis;
  }

  @Override
  public void processElement2(
      Change<ItemVector> change, Context context, Collector<EnrichedEvent> out) throws Exception {
    if (change.isDeletion()) {
      vectors.clear();
    } else {
      ItemVector vector = Objects.requireNonNull(change.record);
      vectors.update(vector);
      long watermark = context.timerService().currentWatermark();
      for (Event event : without.get()) {
        // no later: behind the lateness nobody remembers whether the user was erased
        if (forgottenAt(event) > watermark) {
          out.collect(EnrichedEvent.correction(event, vector.vector()));
        }
      }
    }
    without.clear();
    withoutCount.clear();
  }

  /**
   * One timer an item, which sets the next one for what is left: not at once, since each reads all
   * of it.
   */
  @Override
  public void onTimer(long time, OnTimerContext context, Collector<EnrichedEvent> out)
      throws Exception {
    List<Event> left = new ArrayList<>();
    long next = Long.MAX_VALUE;
    for (Event event : without.get()) {
      if (forgottenAt(event) > time) {
        left.add(event);
        next = Math.min(next, forgottenAt(event));
      }
    }
    if (left.isEmpty()) {
      without.clear();
      withoutCount.clear();
    } else {
      without.update(left);
      withoutCount.update(left.size());
      context.timerService().registerEventTimeTimer(Math.max(next, time + latenessMillis / 8));
    }
  }
}
