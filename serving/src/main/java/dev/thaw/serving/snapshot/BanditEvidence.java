package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.Fading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of the arms of a domain serving reads.
 *
 * @param reward what the bandit learns by
 * @param configurations of the experiment that runs; none where none does
 * @param linear of configurations whose policies are contextual
 * @param byNeighbours configurations whose priors are of neighbours
 */
public record BanditEvidence(
    RewardDefinition reward,
    List<Assignment> configurations,
    Map<Assignment, LinearForm> linear,
    Set<Assignment> byNeighbours) {
  public BanditEvidence {
    configurations = List.copyOf(configurations);
    linear = Map.copyOf(linear);
    byNeighbours = Set.copyOf(byNeighbours);
  }

  /** What the policies of a server decide on. */
  public static BanditEvidence of(RewardDefinition reward, ServingConfig config) {
    Map<Assignment, BanditPolicyConfig> policies = config.banditPolicies();
    return new BanditEvidence(
        reward,
        config.assignments(),
        LinearForm.of(policies),
        policies.entrySet().stream()
            .filter(each -> each.getValue().asksNeighbours())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  Fading fading() {
    return Fading.of(reward);
  }
}
