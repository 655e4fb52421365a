package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.traintabular.TrainTabular;

/** Entry point of the job {@code train-tabular}. */
public final class TrainTabularMain {
  private TrainTabularMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(TrainTabular.NAME, TrainingJobs::tabular, arguments));
  }
}
