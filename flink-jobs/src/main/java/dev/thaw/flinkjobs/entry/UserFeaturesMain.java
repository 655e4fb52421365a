package dev.thaw.flinkjobs.entry;

/** Entry point of the job {@code user-features}. */
public final class UserFeaturesMain {
  private UserFeaturesMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(StreamingJobs.userFeatures(), arguments));
  }
}
