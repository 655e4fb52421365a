package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.Event;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The least that a keyed rolling feature can be: a number a key, one more for each event. */
final class CountByKey extends RichMapFunction<Event, Long> {
  private static final long serialVersionUID = 1L;
  private transient ValueState<Long> counts;

  @SuppressWarnings("NullAway.Init") // the state comes with open()
  CountByKey() {}

  @Override
  public void open(OpenContext context) {
    counts = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
  }

  @Override
  public Long map(Event event) throws Exception {
    Long before = counts.value();
    long count = before == null ? 1 : before + 1;
    counts.update(count);
    return count;
  }
}
