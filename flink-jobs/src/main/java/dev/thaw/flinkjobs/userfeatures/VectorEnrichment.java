package dev.thaw.flinkjobs.userfeatures;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.EnrichedEvent;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gives each event the vector of its item; keyed by item. An event never waits: where the vector is
 * not there yet, it passes without, and features of vectors leave it out. State is one vector for
 * each item of the catalogue and goes when the item is deleted.
 */
final class VectorEnrichment
    extends KeyedCoProcessFunction<String, Event, Change<ItemVector>, EnrichedEvent> {
  private static final long serialVersionUID = 1L;

  private final Set<String> types;
  private transient ValueState<ItemVector> vectors;

  /**
   * @param types event types whose vector any feature reads; empty means all. The others are spared
   *     the weight
   */
  @SuppressWarnings("NullAway.Init") // the state comes with open()
  VectorEnrichment(Set<String> types) {
    this.types = types;
  }

  @Override
  public void open(OpenContext context) {
    vectors =
        getRuntimeContext().getState(new ValueStateDescriptor<>("vector", StreamTypes.ITEM_VECTOR));
  }

  @Override
  public void processElement1(Event event, Context context, Collector<EnrichedEvent> out)
      throws Exception {
    @Nullable ItemVector vector =
        types.isEmpty() || types.contains(event.type().name()) ? vectors.value() : null;
    out.collect(new EnrichedEvent(event, vector == null ? null : vector.vector()));
  }

  @Override
  public void processElement2(
      Change<ItemVector> change, Context context, Collector<EnrichedEvent> out) throws Exception {
    if (change.isDeletion()) {
      vectors.clear();
    } else {
      vectors.update(change.record);
    }
  }
}
