package dev.thaw.launcher.console;

/** Where long work says how far it is. Tasks may overlap; each is for one thread. */
public interface Progress {

  /** One piece of work. Closing it says that it is done. */
  interface Task extends AutoCloseable {
    /** How much is done by now, in the units of the total. */
    void at(long done);

    @Override
    void close();
  }

  /**
   * @param total 0 if it can't be known
   */
  Task begin(String name, long total);

  /** A line of its own. */
  void say(String line);

  /** Bars where standard error is a terminal, plain lines elsewhere. */
  static Progress onStandardError() {
    return System.console() != null && System.getenv("CI") == null
        ? new BarProgress(System.err)
        : new LineProgress(System.err, System::nanoTime);
  }

  /** Says nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public Task begin(String name, long total) {
        return new Task() {
          @Override
          public void at(long done) {}

          @Override
          public void close() {}
        };
      }

      @Override
      public void say(String line) {}
    };
  }
}
