package dev.thaw.flinkjobs.blockedals;

import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.flinkjobs.training.GatheredInteractions;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.models.factors.FactorBlock;
import dev.thaw.models.factors.RatingShare;
import dev.thaw.models.factors.UserRatings;
import dev.thaw.models.interactions.Interactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The first step: gathers what the users of each block have done, and when all has come keeps their
 * rows and deals the columns out. Erasures go to every task, as they may be of items.
 */
final class RatingsOperator extends AbstractStreamOperator<BlockMessage>
    implements OneInputStreamOperator<TrainingRecord, BlockMessage>, BoundedOneInput {
  private static final long serialVersionUID = 1L;
  static final OutputTag<SampledUsers> SAMPLES = new OutputTag<>("samples", SampledUsers.TYPE);

  private final Models models;
  private final int blocks;
  private final int quota;
  private transient @Nullable TreeMap<Integer, GatheredInteractions> users;
  private transient @Nullable List<Erasure> erasures;

  /**
   * @param quota users of a block that are sampled
   */
  RatingsOperator(Models models, int blocks, int quota) {
    this.models = models;
    this.blocks = blocks;
    this.quota = quota;
  }

  /** Events to the task of their user's block, erasures to every task. */
  static DataStream<TrainingRecord> routed(DataStream<TrainingRecord> events, int blocks) {
    return events
        .filter(record -> record.event != null)
        .partitionCustom(new ToTask(), new UserBlock(blocks))
        .union(events.filter(record -> record.erasure != null).broadcast());
  }

  @Override
  public void open() throws Exception {
    super.open();
    users = new TreeMap<>();
    erasures = new ArrayList<>();
  }

  @Override
  public void processElement(StreamRecord<TrainingRecord> element) {
    TrainingRecord record = element.getValue();
    if (record.event == null) {
      Objects.requireNonNull(erasures).add(Objects.requireNonNull(record.erasure));
      return;
    }
    Objects.requireNonNull(users)
        .computeIfAbsent(
            FactorBlock.of(record.event.userId().value(), blocks),
            any -> new GatheredInteractions(models.domains()))
        .add(record.event);
  }

  @Override
  public void endInput() {
    int tasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    TreeMap<Integer, GatheredInteractions> gathered = Objects.requireNonNull(users);
    while (!gathered.isEmpty()) {
      Map.Entry<Integer, GatheredInteractions> block = gathered.pollFirstEntry();
      Objects.requireNonNull(erasures).forEach(block.getValue()::add);
      for (int model = 0; model < models.size(); model++) {
        Outbox out = new Outbox(output, tasks, model);
        int number = model;
        models
            .interactions(model, block.getValue())
            .ifPresent(data -> deal(number, block.getKey(), data, out));
      }
    }
    users = null;
    erasures = null;
  }

  private void deal(int model, int number, Interactions data, Outbox out) {
    UserRatings ratings = UserRatings.of(number, data, blocks);
    FactorBlock block = ratings.block();
    out.state(block, null);
    out.totals(block, block.totals());
    for (RatingShare share : ratings.shares()) {
      out.ratings(share, FactorBlock.of(share.items()[0], blocks));
    }
    output.collect(SAMPLES, new StreamRecord<>(SampledUsers.of(model, number, data, quota)));
  }

  private static final class ToTask implements Partitioner<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public int partition(Integer block, int tasks) {
      return block % tasks;
    }
  }

  private static final class UserBlock implements KeySelector<TrainingRecord, Integer> {
    private static final long serialVersionUID = 1L;
    private final int blocks;

    UserBlock(int blocks) {
      this.blocks = blocks;
    }

    @Override
    public Integer getKey(TrainingRecord record) {
      return FactorBlock.of(Objects.requireNonNull(record.event).userId().value(), blocks);
    }
  }
}
