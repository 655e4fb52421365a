package dev.thaw.launcher.console;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Bars on a terminal. */
final class BarProgress implements Progress {
  private static final int REDRAW_MILLIS = 200;
  private static final int WIDTH = 100;

  private final PrintStream out;

  BarProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public Task begin(String name, long total) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total > 0 ? total : -1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
            .hideEta()
            .build();
    return new Task() {
      @Override
      public void at(long done) {
        bar.stepTo(done);
      }

      @Override
      public void close() {
        if (total > 0) {
          bar.stepTo(total);
        }
        bar.close();
      }
    };
  }

  @Override
  public void say(String line) {
    out.println(line);
  }
}
