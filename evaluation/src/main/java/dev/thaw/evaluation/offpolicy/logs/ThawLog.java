package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.evaluation.offpolicy.LoggedRound;
import java.util.List;

/**
 * Rounds from Thaw's own impressions and events: one for each impression whose first slots the
 * bandit drew, with those slots. Clusters are users, segments the stages of users.
 *
 * @param rounds in order of time
 * @param undrawn impressions without a slot of the bandit: there was no chance in them
 * @param open of the others, with a reward window that ends after the log
 * @param unusable of the others, in the dead letters
 * @param counts of what was read
 */
public record ThawLog(
    List<LoggedRound> rounds, int undrawn, int open, int unusable, JoinedLog.Counts counts) {
  public ThawLog {
    rounds = List.copyOf(rounds);
  }
}
