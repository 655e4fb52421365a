package dev.thaw.flinkjobs.blockedals;

import dev.thaw.models.training.RowTasks;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * One step of all blocks that lie on a task, taken when all has come that the steps before it had
 * to say. It keeps nothing after that.
 */
final class StepOperator extends AbstractStreamOperator<BlockMessage>
    implements OneInputStreamOperator<BlockMessage, BlockMessage>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** The tasks of a machine are its threads. */
  private static final int THREADS = 1;

  private final BlockStep step;
  private transient @Nullable TreeMap<Integer, Inbox> models;

  StepOperator(BlockStep step) {
    this.step = step;
  }

  @Override
  public void open() throws Exception {
    super.open();
    models = new TreeMap<>();
  }

  @Override
  public void processElement(StreamRecord<BlockMessage> element) {
    BlockMessage message = element.getValue();
    Objects.requireNonNull(models).computeIfAbsent(message.model, any -> new Inbox()).add(message);
  }

  @Override
  public void endInput() {
    int tasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    try (RowTasks threads = new RowTasks(THREADS)) {
      for (Map.Entry<Integer, Inbox> model : Objects.requireNonNull(models).entrySet()) {
        Outbox out = new Outbox(output, tasks, model.getKey());
        for (int block : model.getValue().blocks()) {
          step.run(model.getValue(), block, out, threads);
        }
      }
    }
    models = null;
  }
}
