package dev.thaw.evaluation.offpolicy.logs;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes rounds of the impressions that a {@link JoinedLogReader} reads: of those with slots that
 * the bandit drew and a whole reward window. What can't be used goes to the dead letters of that
 * reader. Reads one log; not thread-safe.
 */
public final class ThawLogReader {
  private final JoinedLogReader joined;

  public ThawLogReader(JoinedLogReader joined) {
    this.joined = joined;
  }

  /** Of two files of JSON lines, through gzip if their names end in {@code .gz}. */
  public ThawLog read(Path impressionFile, Path eventFile) throws IOException {
    return ThawLog.of(drawn(impressionFile, eventFile));
  }

  /** The same with the impressions that rounds were made of. */
  public DrawnLog drawn(Path impressionFile, Path eventFile) throws IOException {
    return DrawnLog.of(joined.read(impressionFile, eventFile), joined::reject);
  }
}
