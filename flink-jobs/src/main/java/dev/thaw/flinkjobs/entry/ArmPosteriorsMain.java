package dev.thaw.flinkjobs.entry;

/** Entry point of the job {@code arm-posteriors}. */
public final class ArmPosteriorsMain {
  private ArmPosteriorsMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(StreamingJobs.armPosteriors(), arguments));
  }
}
