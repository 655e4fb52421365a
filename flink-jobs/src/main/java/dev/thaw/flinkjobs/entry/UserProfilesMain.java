package dev.thaw.flinkjobs.entry;

/** Entry point of the job {@code user-profiles}. */
public final class UserProfilesMain {
  private UserProfilesMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(StreamingJobs.userProfiles(), arguments));
  }
}
