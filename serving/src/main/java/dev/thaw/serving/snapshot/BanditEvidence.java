package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.Fading;
import java.util.List;

/**
 * What of the arms of a domain serving reads.
 *
 * @param reward what the bandit learns by
 * @param configurations of the experiment that runs; none where none does
 */
public record BanditEvidence(RewardDefinition reward, List<Assignment> configurations) {
  public BanditEvidence {
    configurations = List.copyOf(configurations);
  }

  public Fading fading() {
    return reward.halfLife() == null ? Fading.NONE : Fading.ofHalfLife(reward.halfLife());
  }
}
