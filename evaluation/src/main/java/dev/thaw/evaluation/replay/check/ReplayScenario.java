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
 * @param newcomers arms of which nothing is known, where a log marks them
 */
public record ReplayScenario(
    ReplayedConfiguration logged, ReplayedConfiguration asked, int slots, int newcomers) {
  private static final String EXPERIMENT = "replayed";
  private static final double SHARE = 0.2;
  private static final int NEWCOMERS = 2;

  /**
   * Each policy with each that shows something else, of one slot and of two, and a share of the
   * first slot for newcomers.
   */
  public static List<ReplayScenario> all() {
    ReplayedConfiguration half = of(BanditPolicyConfig.EPSILON_GREEDY, Map.of("epsilon", 0.5), 0);
    ReplayedConfiguration soft = of(BanditPolicyConfig.SOFTMAX, Map.of("temperature", 0.1), 0);
    ReplayedConfiguration thompson = of(BanditPolicyConfig.BETA_THOMPSON, Map.of(), 0);
    ReplayedConfiguration sharing = of(BanditPolicyConfig.BETA_THOMPSON, Map.of(), SHARE);
    return List.of(
        new ReplayScenario(half, thompson, 1, 0),
        new ReplayScenario(soft, thompson, 1, 0),
        new ReplayScenario(thompson, soft, 1, 0),
        new ReplayScenario(thompson, thompson, 1, 0),
        new ReplayScenario(soft, thompson, 2, 0),
        new ReplayScenario(soft, half, 2, 0),
        new ReplayScenario(soft, sharing, 1, NEWCOMERS),
        new ReplayScenario(sharing, thompson, 1, NEWCOMERS));
  }

  /**
   * Serving's defaults with another policy.
   *
   * @param newcomerShare of the first slot
   */
  static ReplayedConfiguration of(
      String policy, Map<String, Double> parameters, double newcomerShare) {
    String name = newcomerShare == 0 ? policy : policy + "-and-newcomers";
    return new ReplayedConfiguration(
        name,
        new Assignment(EXPERIMENT, name),
        ThawConfig.embedded(Path.of("unused"))
            .serving()
            .withBandit(
                new BanditPolicyConfig(policy, parameters, newcomerShare, false),
                ExplorationBudgetConfig.NONE));
  }

  public String name() {
    return "%s asked of %s, %s"
        .formatted(asked.name(), logged.name(), slots == 1 ? "1 slot" : slots + " slots");
  }
}
