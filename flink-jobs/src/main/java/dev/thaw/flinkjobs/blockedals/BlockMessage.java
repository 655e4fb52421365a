package dev.thaw.flinkjobs.blockedals;

import dev.thaw.models.factors.FactorBlock;
import dev.thaw.models.factors.RatingShare;
import dev.thaw.models.factors.SentFactors;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * What a block of a model tells a block of the other side, every task, or itself in the next step
 * of its side. A plain Flink POJO; which of the fields that may be null is set goes with the kind.
 */
public final class BlockMessage {
  public static final TypeInformation<BlockMessage> TYPE = TypeInformation.of(BlockMessage.class);

  /** What a message says. */
  public enum Kind {
    /** A block with its plan, if there is one already, on its way to the next step. */
    STATE,
    /** Ratings by a block of users of a block of items. */
    RATINGS,
    /** Two sums over one block of users: to every task. */
    TOTALS,
    /** Biases of the rows that the receiver has entries with. */
    BIASES,
    /** Factors of the rows that the blocks of a task have entries with. */
    FACTORS,
    /** Gram matrix of the rows of one block: to every task. */
    GRAM,
    /** How the model is trained: to every task. */
    PLAN
  }

  public Kind kind = Kind.STATE;

  /** Task that it goes to. */
  public int task;

  /** See {@link Models}. */
  public int model;

  /** Number of the block that says it. */
  public int from;

  /** Number of the block that it is for; not read in what goes to a whole task. */
  public int to;

  public @Nullable FactorBlock block;
  public @Nullable RatingShare share;
  public double @Nullable [] numbers;
  public @Nullable SentFactors factors;
  public @Nullable ModelPlan plan;

  /** For Flink. */
  public BlockMessage() {}

  static BlockMessage of(Kind kind, int model, int from) {
    BlockMessage message = new BlockMessage();
    message.kind = kind;
    message.model = model;
    message.from = from;
    return message;
  }

  /** Each message to its task. */
  static DataStream<BlockMessage> routed(DataStream<BlockMessage> messages) {
    return messages.partitionCustom(new ToTask(), new Task());
  }

  private static final class ToTask implements Partitioner<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public int partition(Integer task, int tasks) {
      return task;
    }
  }

  private static final class Task implements KeySelector<BlockMessage, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer getKey(BlockMessage message) {
      return message.task;
    }
  }
}
