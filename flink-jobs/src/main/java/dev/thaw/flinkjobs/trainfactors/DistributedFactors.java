package dev.thaw.flinkjobs.trainfactors;

import dev.thaw.flinkjobs.blockedals.BlockedAls;
import dev.thaw.flinkjobs.blockedals.ModelPlan;
import dev.thaw.flinkjobs.blockedals.Models;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.factors.ImplicitAlsConfig;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * {@link TrainFactors} for more interactions than one task holds: popularity and both kinds of ALS
 * of all interactions by {@link BlockedAls}; their parameters, and the item-to-item models, of a
 * sample of the users. Ratings are always by ALS: the order of updates decides what stochastic
 * gradient descent finds, and that order would be one of tasks. A model of items must still fit one
 * task, as it must fit a server.
 */
final class DistributedFactors {
  /** Blocks of users and of items. */
  private static final String BLOCKS = "train-factors.blocks";

  /** Users that are gathered in one task, of all interactions. */
  private static final String SAMPLE = "train-factors.sample";

  private static final int DEFAULT_BLOCKS = 32;
  private static final int MAX_BLOCKS = 1024;
  private static final int DEFAULT_SAMPLE = 50_000;
  private static final int MAX_SWEEPS = 100;

  private DistributedFactors() {}

  static DataStream<String> build(DataStream<TrainingRecord> events, TrainingSettings settings) {
    var env = events.getExecutionEnvironment();
    // steps one after the other: each needs slots and network buffers only while it runs
    env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    int blocks = within(settings, BLOCKS, DEFAULT_BLOCKS, MAX_BLOCKS);
    int sample = within(settings, SAMPLE, DEFAULT_SAMPLE, Integer.MAX_VALUE);
    int sweeps =
        within(settings, TrainFactors.SWEEPS, ImplicitAlsConfig.DEFAULT.sweeps(), MAX_SWEEPS);
    Map<String, String> how =
        Map.of(
            "distributed", "true", "parallelism", "" + env.getParallelism(), "blocks", "" + blocks);
    Models models = new Models(settings.domains());
    BlockedAls als = BlockedAls.of(TrainFactors.NAME, events, models, blocks, sample);
    SingleOutputStreamOperator<ModelPlan> plans =
        als.samples()
            .transform(
                TrainFactors.NAME + "-plans",
                TypeInformation.of(ModelPlan.class),
                new PlanOperator(models, settings, how))
            .uid(TrainFactors.NAME + "-plans")
            .setParallelism(1);
    return als.train(plans, sweeps)
        .transform(
            TrainFactors.NAME + "-models",
            Types.STRING,
            new AssemblyOperator(models, settings, how))
        .uid(TrainFactors.NAME + "-models")
        .setParallelism(1)
        .union(plans.getSideOutput(PlanOperator.WRITTEN));
  }

  private static int within(TrainingSettings settings, String name, int otherwise, int most) {
    int value = settings.intParameter(name, otherwise);
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "jobs.parameters " + name + " must be in [1, " + most + "], was " + value);
    }
    return value;
  }
}
