package dev.thaw.evaluation.replay.check;

import dev.thaw.evaluation.replay.ReplayedConfiguration;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One configuration serves, another is asked about.
 *
 * @param slots of an answer
 */
public record ReplayScenario(ReplayedConfiguration logged, ReplayedConfiguration asked, int slots) {
  private static final String EXPERIMENT = "replayed";

  /** Each policy with each that shows something else, of one slot and of two. */
  public static List<ReplayScenario> all() {
    ReplayedConfiguration half = of(BanditPolicyConfig.EPSILON_GREEDY, Map.of("epsilon", 0.5));
    ReplayedConfiguration soft = of(BanditPolicyConfig.SOFTMAX, Map.of("temperature", 0.1));
    ReplayedConfiguration thompson = of(BanditPolicyConfig.BETA_THOMPSON, Map.of());
    return List.of(
        new ReplayScenario(half, thompson, 1),
        new ReplayScenario(soft, thompson, 1),
        new ReplayScenario(thompson, soft, 1),
        new ReplayScenario(thompson, thompson, 1),
        new ReplayScenario(soft, thompson, 2),
        new ReplayScenario(soft, half, 2));
  }

  /** Serving's defaults with another policy. */
  static ReplayedConfiguration of(String policy, Map<String, Double> parameters) {
    return new ReplayedConfiguration(
        policy,
        new Assignment(EXPERIMENT, policy),
        ThawConfig.embedded(Path.of("unused"))
            .serving()
            .withBandit(
                new BanditPolicyConfig(policy, parameters, 0, false),
                ExplorationBudgetConfig.NONE));
  }

  public String name() {
    return "%s asked of %s, %s"
        .formatted(asked.name(), logged.name(), slots == 1 ? "1 slot" : slots + " slots");
  }
}
