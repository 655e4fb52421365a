package dev.thaw.launcher.evaluate;

import dev.thaw.launcher.console.Progress;
import org.jspecify.annotations.Nullable;

/** A progress bar for one part of the work after the other. */
public final class ProgressParts implements AutoCloseable {
  private final String domain;
  private final Progress progress;
  private String part = "";
  private Progress.@Nullable Task task;

  public ProgressParts(String domain, Progress progress) {
    this.domain = domain;
    this.progress = progress;
  }

  public void at(String what, int done, int of) {
    if (!what.equals(part) || task == null) {
      close();
      part = what;
      task = progress.begin(domain + ": " + what, of);
    }
    task.at(done);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
    }
  }
}
