package dev.thaw.flinkjobs.blockedals;

import dev.thaw.flinkjobs.blockedals.BlockMessage.Kind;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.models.factors.ExplicitAlsConfig;
import java.util.Arrays;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SideOutputDataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The graph of a training: users and items in blocks by hash of their ids, a step an operator, the
 * sweeps unrolled one after the other, since a bounded job of Flink 2 has no loop. Ratings are
 * dealt out once, to lie with the users as rows and with the items as columns; each side's blocks
 * are written once and read by all half-steps of that side, in the task that wrote them where Flink
 * can keep it. In each half-step a block sends each block of the other side the rows that it has
 * entries with (Zhou et al., AAIM 2008, whose workers get whole matrices; the routing is that of
 * block ALS in Spark's MLlib).
 *
 * <p>The number of blocks is that of the configuration, not of tasks: sums go in the order of
 * blocks, so that any parallelism gives the same factors to the last bit. All models of all domains
 * go through the same operators. Each operator begins when those before it have ended; between them
 * lies what they said on Flink's disks, and no operator keeps anything.
 */
public final class BlockedAls {
  private final String name;
  private final Models models;
  private final int blocks;
  private final int tasks;
  private final SingleOutputStreamOperator<BlockMessage> ratings;

  private BlockedAls(
      String name,
      Models models,
      int blocks,
      int tasks,
      SingleOutputStreamOperator<BlockMessage> ratings) {
    this.name = name;
    this.models = models;
    this.blocks = blocks;
    this.tasks = tasks;
    this.ratings = ratings;
  }

  /**
   * @param name of the job, before those of its operators
   * @param events of all domains, and erasures; bounded
   * @param blocks of users and of items, at least as many as tasks if all of these are to work
   * @param sample users in the samples of all blocks together, at most
   */
  public static BlockedAls of(
      String name, DataStream<TrainingRecord> events, Models models, int blocks, int sample) {
    int tasks = events.getExecutionEnvironment().getParallelism();
    SingleOutputStreamOperator<BlockMessage> ratings =
        RatingsOperator.routed(events, blocks)
            .transform(
                name + "-ratings",
                BlockMessage.TYPE,
                new RatingsOperator(models, blocks, Math.max(1, sample / blocks)))
            .uid(name + "-ratings")
            .setParallelism(tasks);
    return new BlockedAls(name, models, blocks, tasks, ratings);
  }

  /** One of each model and block of users. */
  public SideOutputDataStream<SampledUsers> samples() {
    return ratings.getSideOutput(RatingsOperator.SAMPLES);
  }

  /**
   * @param plans one for each model that is to be trained
   * @return blocks of items with their factors after so many sweeps, each with its plan
   */
  public DataStream<BlockMessage> train(DataStream<ModelPlan> plans, int sweeps) {
    ExplicitAlsConfig shrinkage = ExplicitAlsConfig.DEFAULT;
    int everywhere = tasks;
    DataStream<BlockMessage> told =
        BlockMessage.routed(
            plans
                .<BlockMessage>flatMap(
                    (plan, out) -> {
                      for (int task = 0; task < everywhere; task++) {
                        BlockMessage message = BlockMessage.of(Kind.PLAN, plan.model(), 0);
                        message.plan = plan;
                        message.task = task;
                        out.collect(message);
                      }
                    })
                .returns(BlockMessage.TYPE)
                .name(name + "-told")
                .setParallelism(1));
    var columns =
        step(
            "columns",
            new BlockStep.Columns(blocks, shrinkage.itemShrinkage()),
            BlockMessage.routed(ratings));
    var biases =
        step(
            "user-biases",
            new BlockStep.UserBiases(shrinkage.userShrinkage()),
            BlockMessage.routed(own(ratings)),
            BlockMessage.routed(columns));
    var users = step("begin", new BlockStep.Begin(), BlockMessage.routed(own(biases)), told);
    var items =
        step(
            "items-1",
            new BlockStep.BeginItems(sweeps == 1),
            own(columns).forward(),
            BlockMessage.routed(biases),
            BlockMessage.routed(users),
            told);
    // one stream of each side for all of its steps, since Flink would write others once for each
    DataStream<BlockMessage> userBlocks = own(users).forward();
    DataStream<BlockMessage> itemBlocks = own(items).forward();
    for (int sweep = 2; sweep <= sweeps; sweep++) {
      users =
          step(
              "users-" + (sweep - 1),
              new BlockStep.Solve(false),
              userBlocks,
              BlockMessage.routed(items));
      items =
          step(
              "items-" + sweep,
              new BlockStep.Solve(sweep == sweeps),
              itemBlocks,
              BlockMessage.routed(users));
    }
    return own(items);
  }

  @SafeVarargs
  private SingleOutputStreamOperator<BlockMessage> step(
      String step, BlockStep what, DataStream<BlockMessage>... messages) {
    return Arrays.stream(messages)
        .reduce(DataStream::union)
        .orElseThrow()
        .transform(name + "-" + step, BlockMessage.TYPE, new StepOperator(what))
        .uid(name + "-" + step)
        .setParallelism(tasks);
  }

  private static SideOutputDataStream<BlockMessage> own(
      SingleOutputStreamOperator<BlockMessage> step) {
    return step.getSideOutput(Outbox.OWN);
  }
}
