package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.userfeatures.UserFeatures;

/** Entry point of the job {@code user-features}. */
public final class UserFeaturesMain {
  private UserFeaturesMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.runViews(UserFeatures.JOB, StreamingJobs::userFeatures, arguments));
  }
}
