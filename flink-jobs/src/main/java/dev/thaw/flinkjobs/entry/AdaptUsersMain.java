package dev.thaw.flinkjobs.entry;

/** Entry point of the job {@code adapt-users}. */
public final class AdaptUsersMain {
  private AdaptUsersMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(StreamingJobs.adaptUsers(), arguments));
  }
}
