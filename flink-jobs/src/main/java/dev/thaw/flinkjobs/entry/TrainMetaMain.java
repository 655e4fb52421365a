package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.trainmeta.TrainMeta;

/** Entry point of the job {@code train-meta}. */
public final class TrainMetaMain {
  private TrainMetaMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(TrainMeta.NAME, TrainingJobs::meta, arguments));
  }
}
