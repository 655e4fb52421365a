package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.trainbridge.TrainBridge;

/** Entry point of the job {@code train-bridge}. */
public final class TrainBridgeMain {
  private TrainBridgeMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(TrainBridge.NAME, TrainingJobs::bridge, arguments));
  }
}
