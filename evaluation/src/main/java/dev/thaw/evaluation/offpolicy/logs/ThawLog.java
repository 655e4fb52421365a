package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.evaluation.offpolicy.LoggedRound;
import java.util.List;

/**
 * Rounds from Thaw's own impressions and events: one for each impression whose first slots the
 * bandit drew, with those slots. Clusters are users, segments the stages of users.
 *
 * @param rounds in order of time
 * @param counts of what was read
 */
public record ThawLog(List<LoggedRound> rounds, Counts counts) {
  public ThawLog {
    rounds = List.copyOf(rounds);
  }

  /**
   * @param impressions that could be read, repeated ones once
   * @param undrawn of them, without a slot of the bandit: there was no chance in them
   * @param open of them, with a reward window that ends after the log
   * @param unusable of them, in the dead letters
   * @param otherDomains of them
   * @param events that could be read
   * @param duplicates of them, by event id
   * @param unrelated of them, that name no request
   */
  public record Counts(
      int impressions,
      int undrawn,
      int open,
      int unusable,
      int otherDomains,
      int events,
      int duplicates,
      int unrelated) {}
}
