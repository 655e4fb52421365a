package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.Fading;
import java.util.List;
import java.util.Map;

/**
 * What of the arms of a domain serving reads.
 *
 * @param reward what the bandit learns by
 * @param configurations of the experiment that runs; none where none does
 * @param linear of configurations whose policies are contextual
 */
public record BanditEvidence(
    RewardDefinition reward, List<Assignment> configurations, Map<Assignment, LinearForm> linear) {
  public BanditEvidence {
    configurations = List.copyOf(configurations);
    linear = Map.copyOf(linear);
  }

  Fading fading() {
    return Fading.of(reward);
  }
}
