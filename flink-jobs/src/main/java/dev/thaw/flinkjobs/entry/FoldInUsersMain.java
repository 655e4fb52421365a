package dev.thaw.flinkjobs.entry;

/** Entry point of the job {@code fold-in-users}. */
public final class FoldInUsersMain {
  private FoldInUsersMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(StreamingJobs.foldInUsers(), arguments));
  }
}
