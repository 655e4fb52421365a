package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.evaluation.offpolicy.LoggedRound;
import java.util.List;

/**
 * Rounds from Thaw's own impressions and events that can be reweighted; items are kept as numbers
 * alone.
 *
 * @param rounds in order of time
 * @param undrawn impressions without a slot of the bandit: there was no chance in them
 * @param open of the others, with a reward window that ends after the log
 * @param unsupported of the others, logged by a policy that leaves arms without a chance
 * @param unusable of the others, in the dead letters
 * @param counts of what was read
 */
public record ThawLog(
    List<LoggedRound> rounds,
    int undrawn,
    int open,
    int unsupported,
    int unusable,
    JoinedLog.Counts counts) {
  public ThawLog {
    rounds = List.copyOf(rounds);
  }

  static ThawLog of(DrawnLog log) {
    List<LoggedRound> rounds =
        log.rounds().stream()
            .filter(each -> each.impression().supportsPropensities())
            .map(DrawnRound::round)
            .toList();
    return new ThawLog(
        rounds,
        log.undrawn(),
        log.open(),
        log.rounds().size() - rounds.size(),
        log.unusable(),
        log.whole().counts());
  }
}
