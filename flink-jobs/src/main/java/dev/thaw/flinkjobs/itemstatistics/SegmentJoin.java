package dev.thaw.flinkjobs.itemstatistics;

import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.flinkjobs.keyed.Expiry;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.models.statistics.StatisticsPrior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts each interaction for everyone and for the segment that the user is in at that moment;
 * keyed by user. Those of a user who is in no segment yet count for the first that comes, the
 * newest {@value #MAX_WAITING} of each domain: segments are learned from the very interactions, so
 * that without this nobody's first ones would ever count. Those of anonymous sessions count for
 * everyone alone, since no segment is ever told of them.
 *
 * <p>State is a segment for each domain of a user, which goes when the topic deletes it, and what
 * waits for one, which goes when it has decayed to next to nothing.
 */
final class SegmentJoin
    extends KeyedCoProcessFunction<String, Event, Change<UserSegment>, SegmentInteraction> {
  private static final long serialVersionUID = 1L;
  static final int MAX_WAITING = 100;

  /** After these the decayed interaction is worth less than a hundredth. */
  private static final int HALF_LIVES = 7;

  /** Interactions this old count no more. */
  static final Duration KEPT =
      StatisticsPrior.DEFAULT.popularityHalfLife().multipliedBy(HALF_LIVES);

  private transient MapState<String, String> segments;
  private transient MapState<String, List<SegmentInteraction>> waiting;

  @SuppressWarnings("NullAway.Init") // the states come with open()
  SegmentJoin() {}

  @Override
  public void open(OpenContext context) {
    segments =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("segments", Types.STRING, Types.STRING));
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting",
                    Types.STRING,
                    Types.LIST(TypeInformation.of(SegmentInteraction.class))));
  }

  @Override
  public void processElement1(Event event, Context context, Collector<SegmentInteraction> out)
      throws Exception {
    String domain = event.domain().value();
    SegmentInteraction everyone = interaction(event);
    out.collect(everyone);
    String segment = segments.get(domain);
    if (segment == null) {
      await(event.userId(), domain, everyone, context);
    } else if (!segment.equals(SegmentInteraction.EVERYONE)) {
      out.collect(everyone.in(segment));
    }
  }

  private static SegmentInteraction interaction(Event event) {
    return new SegmentInteraction(
        event.domain().value(),
        SegmentInteraction.EVERYONE,
        event.itemId().value(),
        event.timeMillis());
  }

  private void await(UserId user, String domain, SegmentInteraction interaction, Context context)
      throws Exception {
    if (UserId.isSession(user.value())) {
      return;
    }
    List<SegmentInteraction> before = waiting.get(domain);
    List<SegmentInteraction> now = before == null ? new ArrayList<>() : new ArrayList<>(before);
    now.add(interaction);
    if (now.size() > MAX_WAITING) {
      now.remove(0);
    }
    waiting.put(domain, now);
    context.timerService().registerEventTimeTimer(Expiry.check(interaction.time(), KEPT));
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<SegmentInteraction> out)
      throws Exception {
    List<String> over = new ArrayList<>();
    for (Map.Entry<String, List<SegmentInteraction>> each : waiting.entries()) {
      if (each.getValue().stream().allMatch(old -> Expiry.isDue(old.time(), KEPT, time))) {
        over.add(each.getKey());
      }
    }
    for (String domain : over) {
      waiting.remove(domain);
    }
  }

  @Override
  public void processElement2(
      Change<UserSegment> change, Context context, Collector<SegmentInteraction> out)
      throws Exception {
    UserSegment segment = change.record;
    String domain = segment == null ? SegmentKeys.domainOf(change.key) : segment.domain().value();
    if (segment == null) {
      segments.remove(domain);
    } else {
      segments.put(domain, segment.segment());
      List<SegmentInteraction> waited = waiting.get(domain);
      if (waited != null && !segment.segment().equals(SegmentInteraction.EVERYONE)) {
        waited.forEach(each -> out.collect(each.in(segment.segment())));
      }
    }
    waiting.remove(domain);
  }
}
