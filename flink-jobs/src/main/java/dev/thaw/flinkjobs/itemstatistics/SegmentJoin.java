package dev.thaw.flinkjobs.itemstatistics;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.flinkjobs.streams.Change;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts each interaction for everyone and for the segment that the user is in at that moment;
 * keyed by user. State is one segment for each domain of a user and goes when the topic deletes it.
 */
final class SegmentJoin
    extends KeyedCoProcessFunction<String, Event, Change<UserSegment>, SegmentInteraction> {
  private static final long serialVersionUID = 1L;

  private transient MapState<String, String> segments;

  @SuppressWarnings("NullAway.Init") // the state comes with open()
  SegmentJoin() {}

  @Override
  public void open(OpenContext context) {
    segments =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("segments", Types.STRING, Types.STRING));
  }

  @Override
  public void processElement1(Event event, Context context, Collector<SegmentInteraction> out)
      throws Exception {
    String domain = event.domain().value();
    out.collect(interaction(event, SegmentInteraction.EVERYONE));
    String segment = segments.get(domain);
    if (segment != null) {
      out.collect(interaction(event, segment));
    }
  }

  private static SegmentInteraction interaction(Event event, String segment) {
    return new SegmentInteraction(
        event.domain().value(), segment, event.itemId().value(), event.timeMillis());
  }

  @Override
  public void processElement2(
      Change<UserSegment> change, Context context, Collector<SegmentInteraction> out)
      throws Exception {
    UserSegment segment = change.record;
    if (segment == null) {
      segments.remove(SegmentKeys.domainOf(change.key));
    } else {
      segments.put(segment.domain().value(), segment.segment());
    }
  }
}
