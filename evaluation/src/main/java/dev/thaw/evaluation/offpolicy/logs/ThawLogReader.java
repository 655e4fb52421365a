package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes rounds of the impressions that a {@link JoinedLogReader} reads: of those with slots that
 * the bandit drew and a whole reward window. What can't be used goes to the dead letters of that
 * reader. Reads one log; not thread-safe.
 */
public final class ThawLogReader {
  private static final String BANDIT = "bandit";

  private final JoinedLogReader joined;

  public ThawLogReader(JoinedLogReader joined) {
    this.joined = joined;
  }

  /** Of two files of JSON lines, through gzip if their names end in {@code .gz}. */
  public ThawLog read(Path impressionFile, Path eventFile) throws IOException {
    JoinedLog whole = joined.read(impressionFile, eventFile);
    ImpressionRounds rounds = new ImpressionRounds();
    List<LoggedRound> log = new ArrayList<>();
    int undrawn = 0;
    int open = 0;
    int unusable = 0;
    for (JoinedImpression each : whole.impressions()) {
      List<Impression.Slot> drawn = drawn(each.impression());
      if (drawn.isEmpty()) {
        undrawn++;
      } else if (each.open()) {
        open++;
      } else {
        try {
          log.add(rounds.of(each.impression(), drawn).rewarded(each.slots()));
        } catch (IllegalArgumentException e) {
          unusable++;
          joined.reject(each.impression(), String.valueOf(e.getMessage()));
        }
      }
    }
    return new ThawLog(log, undrawn, open, unusable, whole.counts());
  }

  private static List<Impression.Slot> drawn(Impression impression) {
    return impression.slots().stream().filter(slot -> slot.source().equals(BANDIT)).toList();
  }
}
