package dev.thaw.flinkjobs.entry;

/** Entry point of the job {@code item-statistics}. */
public final class ItemStatisticsMain {
  private ItemStatisticsMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(StreamingJobs.itemStatistics(), arguments));
  }
}
