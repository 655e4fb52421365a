package dev.thaw.flinkjobs.armposteriors;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.statistics.SettledSlot;
import java.util.List;

/**
 * How a slot's reward counts. What was defined otherwise when the slot was shown fades as it does
 * when nothing is said.
 *
 * @param isLearnt whether the bandit learns by this reward, the domain's first
 */
record LearntReward(boolean isLearnt, Fading fading) {

  static LearntReward of(DomainDefinitions domains, SettledSlot slot) {
    List<RewardDefinition> rewards =
        domains.get(slot.domain()).map(DomainDefinition::rewards).orElse(List.of());
    Fading fading =
        rewards.stream()
            .filter(each -> each.name().equals(slot.rewardName()))
            .findFirst()
            .map(Fading::of)
            .orElse(Fading.NONE);
    return new LearntReward(
        !rewards.isEmpty() && rewards.get(0).name().equals(slot.rewardName()), fading);
  }
}
