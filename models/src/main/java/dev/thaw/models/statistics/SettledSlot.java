package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;

/**
 * A shown item whose reward window has closed.
 *
 * @param source what proposed the item, {@code bandit} for the bandit's choices
 * @param reward in [0, 1]; 0 where no reward came in time
 * @param shownAt time of the impression, epoch milliseconds
 * @param settledAt end of the reward window, epoch milliseconds
 */
public record SettledSlot(
    RequestId requestId,
    ItemId itemId,
    int slot,
    String source,
    double propensity,
    double reward,
    long shownAt,
    long settledAt) {
  public SettledSlot {
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("reward must be in [0, 1], was " + reward);
    }
  }
}
