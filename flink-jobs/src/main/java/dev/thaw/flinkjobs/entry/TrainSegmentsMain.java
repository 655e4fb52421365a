package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.trainsegments.TrainSegments;

/** Entry point of the job {@code train-segments}. */
public final class TrainSegmentsMain {
  private TrainSegmentsMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(TrainSegments.NAME, TrainingJobs::segments, arguments));
  }
}
