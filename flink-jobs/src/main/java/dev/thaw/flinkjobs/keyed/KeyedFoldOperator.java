package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.flinkjobs.coalescing.DelayedFlush;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.keyed.KeyedStates.Touched;
import dev.thaw.models.keyed.TimedState;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Runs a {@link KeyedFold} on a keyed stream. Results of a key are coalesced: they are given out at
 * most once in an interval, which is longer while a history is read, and always before a
 * checkpoint's barrier, so that a restored job repeats nothing but the newest rows and misses none.
 * A timer that becomes due while its record still waits for the interval fires with the first
 * watermark after it. The event time reached is part of the checkpoint: what was late before a
 * restart is late after it, although no watermark has come again yet.
 *
 * <p>An operator and not a process function, since only operators are told of a barrier before it
 * passes.
 *
 * @param <I> records, keyed by strings
 * @param <S> state of a key
 * @param <O> results
 */
class KeyedFoldOperator<I, S, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<I, O>, Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** Bounds the memory in front of the state backend. */
  private static final int MAX_TOUCHED = 10_000;

  private static final String STATE = "fold";

  private static final ListStateDescriptor<Long> WATERMARK =
      new ListStateDescriptor<>("watermark", Types.LONG);

  private final KeyedFold<I, S, O> fold;
  private final TypeInformation<S> stateType;
  private final OutputTag<DeadLetter> rejected;
  private final long intervalMillis;
  private final boolean everyVersion;

  private transient KeyedStates<S> states;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient FoldContext<O> context;
  private transient DelayedFlush delayedFlush;
  private transient ListState<Long> watermarks;

  /** Event time at the checkpoint that the job went on from. */
  private transient long restoredWatermark;

  @SuppressWarnings("NullAway.Init") // what is transient comes with open()
  KeyedFoldOperator(
      KeyedFold<I, S, O> fold,
      TypeInformation<S> stateType,
      OutputTag<DeadLetter> rejected,
      Pace pace) {
    this.fold = fold;
    this.stateType = stateType;
    this.rejected = rejected;
    this.intervalMillis = pace.interval().toMillis();
    this.everyVersion = pace.everyVersion();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    watermarks = context.getOperatorStateStore().getUnionListState(WATERMARK);
    long least = Long.MAX_VALUE;
    for (long each : watermarks.get()) {
      least = Math.min(least, each);
    }
    restoredWatermark = least == Long.MAX_VALUE ? Long.MIN_VALUE : least;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    watermarks.update(List.of(context().watermark()));
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("fold", VoidNamespaceSerializer.INSTANCE, this);
    context = new OperatorContext();
    states =
        new KeyedStates<>(
            getKeyedStateBackend(),
            getPartitionedState(new ValueStateDescriptor<>(STATE, stateType)),
            fold);
    delayedFlush = new DelayedFlush(getProcessingTimeService(), intervalMillis, this::flush);
  }

  @Override
  public void processElement(StreamRecord<I> element) throws Exception {
    String key = (String) getCurrentKey();
    Touched<S> touched = states.touch(key);
    long time = fold.timeOf(element.getValue());
    if (everyVersion) {
      giveOutVersion(key, touched, time);
    }
    touched.changed |= fold.add(key, touched.state, element.getValue(), context);
    if (everyVersion) {
      // not with the flush, which may be months of event time away
      registerTimer(key, touched.state, Long.MIN_VALUE);
    }
    if (states.size() >= MAX_TOUCHED) {
      flush();
    } else {
      delayedFlush.requestFor(time);
    }
  }

  /** What waits leaves before a record of a later time covers it. */
  private void giveOutVersion(String key, Touched<S> touched, long time) {
    if (!touched.changed) {
      touched.since = time;
    } else if (time != Long.MAX_VALUE && time > touched.since) {
      fold.emit(key, touched.state, context);
      touched.changed = false;
      touched.since = time;
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    String key = timer.getKey();
    Touched<S> touched = states.touch(key);
    if (touched.state instanceof TimedState timed && timed.timer() == timer.getTimestamp()) {
      timed.setTimer(TimedState.NONE);
    }
    if (everyVersion) {
      giveOutVersion(key, touched, timer.getTimestamp());
    }
    touched.changed |= fold.onTimer(key, touched.state, timer.getTimestamp(), context);
    // at once and not with the flush: the watermark may have passed the next time too
    registerTimer(key, touched.state, timer.getTimestamp());
    if (states.size() >= MAX_TOUCHED) {
      flush();
    } else {
      delayedFlush.requestFor(timer.getTimestamp());
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever set, got " + timer);
  }

  /** At the end of time no timer may be left that a waiting record had still to set. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      flush();
      getTimeServiceManager().orElseThrow().advanceWatermark(mark);
      flush();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  final FoldContext<O> context() {
    return context;
  }

  /** The keys that have state, those touched since the last flush included. */
  final List<String> keys() throws IOException {
    flush();
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(STATE, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  /** Gives out the results of these keys once more. */
  final void emitAgain(List<String> keys) throws IOException {
    for (String key : keys) {
      setCurrentKey(key);
      states.touch(key).changed = true;
    }
    flush();
  }

  /** Drops the state of a key; what had changed of it is not given out any more. */
  final void forget(String key) {
    setCurrentKey(key);
    states.forget(key);
  }

  private void flush() throws IOException {
    states.flush(
        timers.currentWatermark(),
        new KeyedStates.Visitor<>() {
          @Override
          public void changed(String key, S state) {
            fold.emit(key, state, context);
          }

          @Override
          public void kept(String key, S state) {
            registerTimer(key, state, Long.MIN_VALUE);
          }
        });
  }

  /** Timers at or before the one that is firing would fire for ever. */
  private void registerTimer(String key, S state, long after) {
    long next = fold.nextTimer(key, state);
    if (next == KeyedFold.NEVER || next <= after) {
      return;
    }
    if (state instanceof TimedState timed) {
      if (timed.timer() == next) {
        return;
      }
      timed.setTimer(next);
    }
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
  }

  private final class OperatorContext implements FoldContext<O> {
    @Override
    public long watermark() {
      return Math.max(restoredWatermark, timers.currentWatermark());
    }

    @Override
    public void collect(O result) {
      output.collect(new StreamRecord<>(result));
    }

    @Override
    public void reject(DeadLetter letter) {
      output.collect(rejected, new StreamRecord<>(letter));
    }
  }
}
