package dev.thaw.flinkjobs.entry;

/** Entry point of the job {@code encode-items}. */
public final class EncodeItemsMain {
  private EncodeItemsMain() {}

  public static void main(String[] arguments) {
    JobCommand.exit(JobCommand.run(StreamingJobs.encodeItems(), arguments));
  }
}
