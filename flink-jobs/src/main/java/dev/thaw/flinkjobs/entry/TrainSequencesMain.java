package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.trainsequences.TrainSequences;

/** Entry point of the job {@code train-sequences}. */
public final class TrainSequencesMain {
  private TrainSequencesMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(TrainSequences.NAME, TrainingJobs::sequences, arguments));
  }
}
