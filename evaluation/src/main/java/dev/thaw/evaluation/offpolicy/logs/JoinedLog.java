package dev.thaw.evaluation.offpolicy.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Impressions of one domain, each joined with its rewards.
 *
 * @param impressions in order of time
 * @param rewardWindow by which they were joined
 * @param end time of the newest record, of any domain; {@link Instant#MIN} without records
 * @param counts of what was read
 */
public record JoinedLog(
    List<JoinedImpression> impressions, Duration rewardWindow, Instant end, Counts counts) {
  public JoinedLog {
    impressions = List.copyOf(impressions);
  }

  /**
   * @param impressions that could be read, repeated ones once
   * @param otherDomains of them
   * @param events that could be read
   * @param duplicates of them, by event id
   * @param unrelated of them, that name no request or are of other domains
   */
  public record Counts(
      int impressions, int otherDomains, int events, int duplicates, int unrelated) {}
}
