package dev.thaw.flinkjobs.blockedals;

import dev.thaw.flinkjobs.blockedals.BlockMessage.Kind;
import dev.thaw.models.factors.FactorBlock;
import dev.thaw.models.factors.RatingShare;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * What a step sends: to the other side as its output, to later steps of its own side beside that.
 * No more outputs than these two, as each takes network buffers of its own in every task.
 */
final class Outbox {
  /** Messages to the side of the step itself. */
  static final OutputTag<BlockMessage> OWN = new OutputTag<>("own", BlockMessage.TYPE);

  private final Output<StreamRecord<BlockMessage>> output;
  private final int tasks;
  private final int model;

  /**
   * @param tasks of every step
   */
  Outbox(Output<StreamRecord<BlockMessage>> output, int tasks, int model) {
    this.output = output;
    this.tasks = tasks;
    this.model = model;
  }

  void state(FactorBlock block, @Nullable ModelPlan plan) {
    BlockMessage message = BlockMessage.of(Kind.STATE, model, block.number());
    message.block = block;
    message.plan = plan;
    message.task = block.number() % tasks;
    output.collect(OWN, new StreamRecord<>(message));
  }

  void ratings(RatingShare share, int to) {
    BlockMessage message = BlockMessage.of(Kind.RATINGS, model, share.from());
    message.share = share;
    send(message, to);
  }

  /** To both sides. */
  void totals(FactorBlock from, double[] totals) {
    for (int task = 0; task < tasks; task++) {
      StreamRecord<BlockMessage> told =
          new StreamRecord<>(numbers(Kind.TOTALS, from.number(), totals, task));
      output.collect(told);
      output.collect(OWN, told);
    }
  }

  void biases(FactorBlock from) {
    for (int to : from.neighbours()) {
      BlockMessage message = BlockMessage.of(Kind.BIASES, model, from.number());
      message.numbers = from.biasesFor(to);
      send(message, to);
    }
  }

  void factors(FactorBlock from, ModelPlan plan) {
    for (int task = 0; task < tasks; task++) {
      int there = task;
      BlockMessage message = BlockMessage.of(Kind.FACTORS, model, from.number());
      message.factors = from.factorsFor(block -> block % tasks == there, plan.parameters().rank());
      message.task = task;
      output.collect(new StreamRecord<>(message));
    }
    double[] gram = from.gram(plan.parameters());
    if (gram.length > 0) {
      for (int task = 0; task < tasks; task++) {
        output.collect(new StreamRecord<>(numbers(Kind.GRAM, from.number(), gram, task)));
      }
    }
  }

  private BlockMessage numbers(Kind kind, int from, double[] numbers, int task) {
    BlockMessage message = BlockMessage.of(kind, model, from);
    message.numbers = numbers;
    message.task = task;
    return message;
  }

  private void send(BlockMessage message, int to) {
    message.to = to;
    message.task = to % tasks;
    output.collect(new StreamRecord<>(message));
  }
}
