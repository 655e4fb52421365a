package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.flinkjobs.coalescing.DelayedFlush;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.streams.Signal;
import dev.thaw.models.artefact.ArtefactException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link KeyedFoldOperator} that hears broadcast signals.
 *
 * <p>An erasure drops the state of its key and the key's records that are not newer: event time
 * decides and not the order of arrival, which two streams don't have. Newer ones that have
 * overtaken it are added once more, see {@link RecentInputs}. In memory it is known for a while;
 * then, where {@link KeyedFold#takesAnyAge}, in a state of its key that only late records read.
 *
 * <p>An announcement may change the results of all keys. They are given out again a slice at a
 * time, so that records and checkpoints don't wait for all of them, and the rest at the latest
 * before the next barrier: what a checkpoint has seen announced, it has given out.
 */
final class SignalledFoldOperator<I, S, O> extends KeyedFoldOperator<I, S, O>
    implements TwoInputStreamOperator<I, Signal, O> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SignalledFoldOperator.class);
  private static final int SLICE = 256;
  private static final ValueStateDescriptor<Long> ERASED =
      new ValueStateDescriptor<>("erased", Types.LONG);

  private final KeyedFold<I, S, O> fold;
  private final Duration remembered;

  private transient SignalMemory memory;
  private transient DelayedFlush nextSlice;
  private transient List<String> waiting;
  private transient RecentInputs<I> recent;
  private transient ValueState<Long> erasedLongAgo;

  @SuppressWarnings("NullAway.Init") // what is transient comes with initializeState() and open()
  SignalledFoldOperator(
      KeyedFold<I, S, O> fold,
      TypeInformation<S> stateType,
      OutputTag<DeadLetter> rejected,
      Pace pace,
      Duration remembered) {
    super(fold, stateType, rejected, pace);
    this.fold = fold;
    this.remembered = remembered;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    memory = new SignalMemory(context.getOperatorStateStore());
    memory.load(this::isOurs);
  }

  @Override
  public void open() throws Exception {
    super.open();
    waiting = new ArrayList<>();
    recent = new RecentInputs<>();
    erasedLongAgo = getPartitionedState(ERASED);
    nextSlice = new DelayedFlush(getProcessingTimeService(), 0, this::emitSlice);
    if (fold instanceof AnnouncedFold<I, S, O> announced) {
      for (ArtefactAnnouncement each : memory.announcements()) {
        takeUp(announced, each, refused -> LOG.warn("{} after a restart", refused));
      }
    }
  }

  @Override
  public void processElement1(StreamRecord<I> element) throws Exception {
    String key = (String) getCurrentKey();
    if (!isErased(key, fold.timeOf(element.getValue()))) {
      recent.add(key, element.getValue());
      processElement(element);
    }
  }

  private boolean isErased(String key, long time) throws IOException {
    if (memory.hasErasures() && memory.isErased(key, time)) {
      return true;
    }
    // tasks are not equally far: half of it is left for that
    if (!fold.takesAnyAge() || time + remembered.toMillis() / 2 > context().watermark()) {
      return false;
    }
    Long erased = erasedLongAgo.value();
    return erased != null && time <= erased;
  }

  @Override
  public void processElement2(StreamRecord<Signal> element) throws Exception {
    Signal signal = element.getValue();
    String key = signal.erasedKey;
    if (key != null && isOurs(key)) {
      erase(key, signal.time);
    }
    ArtefactAnnouncement announcement = signal.announcement;
    if (announcement != null
        && fold instanceof AnnouncedFold<I, S, O> announced
        && takeUp(announced, announcement, context()::reject)) {
      waiting = new ArrayList<>(keys());
      LOG.info(
          "set {}: the results of {} keys are to be given out again",
          announcement.setVersion(),
          waiting.size());
      nextSlice.request();
    }
  }

  private void erase(String key, long time) throws Exception {
    memory.erase(key, time);
    forget(key);
    fold.erased(key, time, context());
    for (I input : recent.take(key)) {
      if (!memory.isErased(key, fold.timeOf(input))) {
        recent.add(key, input);
        setCurrentKey(key);
        processElement(new StreamRecord<>(input));
      }
    }
  }

  /** A set that can't be read is named; those before stay, and the job goes on. */
  private boolean takeUp(
      AnnouncedFold<I, S, O> announced,
      ArtefactAnnouncement announcement,
      Consumer<DeadLetter> refused) {
    try {
      return announced.announced(announcement);
    } catch (ArtefactException e) {
      refused.accept(
          DeadLetter.ofJob(
              getRuntimeContext().getJobInfo().getJobName(),
              RecordKind.ARTEFACT,
              new Rejection(
                  "set_version", announcement.setVersion(), String.valueOf(e.getMessage())),
              WireFormats.artefactAnnouncements().write(announcement),
              announcement.time()));
      return false;
    }
  }

  private boolean isOurs(String key) {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            key, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks())
        == task.getIndexOfThisSubtask();
  }

  private void emitSlice() throws IOException {
    if (waiting.isEmpty()) {
      return;
    }
    List<String> slice = waiting.subList(Math.max(0, waiting.size() - SLICE), waiting.size());
    emitAgain(slice);
    slice.clear();
    if (waiting.isEmpty()) {
      LOG.info("all results have been given out again");
    } else {
      nextSlice.request();
    }
  }

  private void emitRest() throws IOException {
    while (!waiting.isEmpty()) {
      emitSlice();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    super.processWatermark(mark);
    if (memory.hasErasures()) {
      for (Map.Entry<String, Long> each :
          memory.takeBefore(mark.getTimestamp(), remembered).entrySet()) {
        rememberForEver(each.getKey(), each.getValue());
      }
    }
  }

  private void rememberForEver(String key, long time) throws IOException {
    if (fold.takesAnyAge()) {
      setCurrentKey(key);
      erasedLongAgo.update(time);
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    emitRest();
    recent.clear();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    memory.store(fold instanceof AnnouncedFold<I, S, O> a ? a.taken() : List.of());
  }

  @Override
  public void finish() throws Exception {
    emitRest();
    super.finish();
  }
}
