package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;

/**
 * What a shown item earned of one reward, whose window has closed.
 *
 * @param source what proposed the item, {@code bandit} for the bandit's choices
 * @param rewardName one of the domain's rewards
 * @param reward in [0, 1]; 0 where none came in time
 * @param shownAt time of the impression, epoch milliseconds
 * @param settledAt end of the reward's window, epoch milliseconds
 * @param assignment the configuration that showed it
 * @param features what the policy of the bandit's slots knew of the user
 */
public record SettledSlot(
    RequestId requestId,
    DomainId domain,
    ItemId itemId,
    int slot,
    String source,
    double propensity,
    String rewardName,
    double reward,
    long shownAt,
    long settledAt,
    Assignment assignment,
    DecisionFeatures features) {
  public SettledSlot {
    if (!(reward >= 0 && reward <= 1)) {
      throw new IllegalArgumentException("reward must be in [0, 1], was " + reward);
    }
  }
}
