package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.encodeitems.IndexOpener;
import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.trainbridge.TrainBridge;
import dev.thaw.flinkjobs.trainfactors.TrainFactors;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.flinkjobs.trainprojection.TrainProjection;
import dev.thaw.flinkjobs.trainsegments.TrainSegments;
import java.time.Instant;
import java.util.List;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The bounded jobs of one training run. */
final class TrainingJobs {
  private static final long SEED = 1;
  private static final String REVISION = "embedded";

  private TrainingJobs() {}

  /** What the jobs of one training run share. */
  static TrainingSettings newRun(ThawConfig config, Instant now) {
    String run = now.toString().replace(':', '-');
    return TrainingSettings.of(config, run, SEED, REVISION);
  }

  /** Bounded ones, in the order in which they need each other's results. */
  static List<Jobs.Job> of(ThawConfig installed, TrainingSettings settings) {
    IndexOpener indexes = Jobs.indexOpener(installed);
    return List.of(
        new Jobs.Job(
            TrainFactors.NAME,
            true,
            (config, ends) ->
                TrainFactors.build(ends.upToNow().events(), settings)
                    .sinkTo(new DiscardingSink<>())),
        new Jobs.Job(
            TrainBridge.NAME,
            true,
            (config, ends) -> TrainBridge.build(ends.upToNow().events(), settings, ends.toStore())),
        new Jobs.Job(
            TrainProjection.NAME,
            true,
            (config, ends) -> {
              JobEnds now = ends.upToNow();
              TrainProjection.build(
                      new TrainProjection.Inputs(now.events(), now.items(), now.itemVectors()),
                      settings,
                      indexes)
                  .sinkTo(new DiscardingSink<>());
            }),
        new Jobs.Job(
            TrainSegments.NAME,
            true,
            (config, ends) -> {
              JobEnds now = ends.upToNow();
              TrainSegments.build(now.events(), now.profiles(), settings, ends.toUserSegments());
            }));
  }
}
