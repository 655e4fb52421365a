package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.trainfactors.TrainFactors;

/** Entry point of the job {@code train-factors}. */
public final class TrainFactorsMain {
  private TrainFactorsMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(TrainFactors.NAME, TrainingJobs::factors, arguments));
  }
}
