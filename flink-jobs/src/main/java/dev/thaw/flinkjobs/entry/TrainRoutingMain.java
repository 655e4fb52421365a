package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.trainrouting.TrainRouting;

/** Entry point of the job {@code train-routing}. */
public final class TrainRoutingMain {
  private TrainRoutingMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(TrainRouting.NAME, TrainingJobs::routing, arguments));
  }
}
