package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.trainprojection.TrainProjection;

/** Entry point of the job {@code train-projection}. */
public final class TrainProjectionMain {
  private TrainProjectionMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(TrainProjection.NAME, TrainingJobs::projection, arguments));
  }
}
