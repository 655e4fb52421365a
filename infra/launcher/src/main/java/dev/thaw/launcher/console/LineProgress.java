package dev.thaw.launcher.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A line where a task begins to take long, one every few seconds after it, one at its end. */
final class LineProgress implements Progress {
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final PrintStream out;
  private final LongSupplier nanoClock;

  LineProgress(PrintStream out, LongSupplier nanoClock) {
    this.out = out;
    this.nanoClock = nanoClock;
  }

  @Override
  public Task begin(String name, long total) {
    long begun = nanoClock.getAsLong();
    return new Task() {
      private long lastSaid = begun;

      @Override
      public void at(long done) {
        long now = nanoClock.getAsLong();
        if (now - lastSaid >= QUIET_NANOS) {
          lastSaid = now;
          say(
              total > 0
                  ? name + ": " + Math.min(100, 100 * done / total) + " %"
                  : name + ": " + done);
        }
      }

      @Override
      public void close() {
        double seconds = (nanoClock.getAsLong() - begun) / 1e9;
        say(String.format(Locale.ROOT, "%s: done in %.1f s", name, seconds));
      }
    };
  }

  @Override
  public void say(String line) {
    out.println(line);
  }
}
