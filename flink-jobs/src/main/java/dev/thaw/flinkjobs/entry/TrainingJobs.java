package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.trainbridge.TrainBridge;
import dev.thaw.flinkjobs.trainfactors.TrainFactors;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.flinkjobs.trainprojection.TrainProjection;
import dev.thaw.flinkjobs.trainsegments.TrainSegments;
import java.util.List;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The bounded jobs of one training run, on what the topics hold when they start. */
public final class TrainingJobs {
  private TrainingJobs() {}

  /** In the order in which they need each other's results. */
  public static List<Job> of(TrainingSettings settings) {
    return List.of(factors(settings), bridge(settings), projection(settings), segments(settings));
  }

  public static Job factors(TrainingSettings settings) {
    return new Job(
        TrainFactors.NAME,
        true,
        (config, ends) ->
            TrainFactors.build(ends.upToNow().events(), settings).sinkTo(new DiscardingSink<>()));
  }

  public static Job bridge(TrainingSettings settings) {
    return new Job(
        TrainBridge.NAME,
        true,
        (config, ends) -> TrainBridge.build(ends.upToNow().events(), settings, ends.toStore()));
  }

  public static Job projection(TrainingSettings settings) {
    return new Job(
        TrainProjection.NAME,
        true,
        (config, ends) -> {
          JobEnds now = ends.upToNow();
          TrainProjection.build(
                  new TrainProjection.Inputs(now.events(), now.items(), now.itemVectors()),
                  settings,
                  Openers.indexes(config))
              .sinkTo(new DiscardingSink<>());
        });
  }

  public static Job segments(TrainingSettings settings) {
    return new Job(
        TrainSegments.NAME,
        true,
        (config, ends) -> {
          JobEnds now = ends.upToNow();
          TrainSegments.build(now.events(), now.profiles(), settings, ends.toUserSegments());
        });
  }
}
