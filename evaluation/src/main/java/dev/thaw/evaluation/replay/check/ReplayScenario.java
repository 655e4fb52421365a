package dev.thaw.evaluation.replay.check;

import dev.thaw.evaluation.replay.ReplayedConfiguration;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One configuration serves, another is asked about.
 *
 * @param slots of an answer
 * @param newcomers arms of which nothing is known, where a log marks them
 * @param users of the world
 */
public record ReplayScenario(
    ReplayedConfiguration logged,
    ReplayedConfiguration asked,
    int slots,
    int newcomers,
    ReplayUsers users) {
  private static final String EXPERIMENT = "replayed";
  private static final double SHARE = 0.2;
  private static final int NEWCOMERS = 2;
  private static final double PRECISION = 20;
  private static final double FLOOR = 0.2;
  private static final ReplayUsers DIFFERENT = new ReplayUsers(4, 1);
  private static final ReplayUsers RETRAINED = new ReplayUsers(4, 2);

  private static final ReplayedConfiguration SOFT =
      of(BanditPolicyConfig.SOFTMAX, Map.of("temperature", 0.1), 0);
  private static final ReplayedConfiguration THOMPSON =
      of(BanditPolicyConfig.BETA_THOMPSON, Map.of(), 0);

  /** {@link #ofCounts} and {@link #ofContexts}. */
  public static List<ReplayScenario> all() {
    return Stream.concat(ofCounts().stream(), ofContexts().stream()).toList();
  }

  /**
   * Each policy with each that shows something else, of one slot and of two, and a share of the
   * first slot for newcomers; users are alike.
   */
  private static List<ReplayScenario> ofCounts() {
    ReplayedConfiguration half = of(BanditPolicyConfig.EPSILON_GREEDY, Map.of("epsilon", 0.5), 0);
    ReplayedConfiguration sharing = of(BanditPolicyConfig.BETA_THOMPSON, Map.of(), SHARE);
    return List.of(
        alike(half, THOMPSON, 1, 0),
        alike(SOFT, THOMPSON, 1, 0),
        alike(THOMPSON, SOFT, 1, 0),
        alike(THOMPSON, THOMPSON, 1, 0),
        alike(SOFT, THOMPSON, 2, 0),
        alike(SOFT, half, 2, 0),
        alike(SOFT, sharing, 1, NEWCOMERS),
        alike(sharing, THOMPSON, 1, NEWCOMERS));
  }

  /** Policies that look at users who differ, asked of each other and of those that don't. */
  private static List<ReplayScenario> ofContexts() {
    ReplayedConfiguration linear = linearThompson(0.3);
    ReplayedConfiguration wide = linearThompson(0.6);
    ReplayedConfiguration upper =
        of(
            BanditPolicyConfig.LIN_UCB,
            Map.of("alpha", 0.3, BanditPolicyConfig.PRIOR_PRECISION, PRECISION),
            0);
    ReplayedConfiguration floored =
        new ReplayedConfiguration(
            "lin-ucb-with-a-floor", upper.assignment(), upper.serving().withUniformFloor(FLOOR));
    return List.of(
        new ReplayScenario(linear, wide, 1, 0, DIFFERENT),
        new ReplayScenario(linear, upper, 1, 0, DIFFERENT),
        new ReplayScenario(linear, THOMPSON, 1, 0, DIFFERENT),
        new ReplayScenario(upper, linear, 1, 0, DIFFERENT),
        new ReplayScenario(floored, linear, 1, 0, DIFFERENT),
        new ReplayScenario(loggingFeatures(THOMPSON), linear, 1, 0, DIFFERENT),
        new ReplayScenario(loggingFeatures(SOFT), linear, 1, 0, DIFFERENT),
        new ReplayScenario(loggingFeatures(SOFT), upper, 2, 0, DIFFERENT),
        new ReplayScenario(wide, upper, 1, 0, RETRAINED));
  }

  private static ReplayScenario alike(
      ReplayedConfiguration logged, ReplayedConfiguration asked, int slots, int newcomers) {
    return new ReplayScenario(logged, asked, slots, newcomers, ReplayUsers.ALIKE);
  }

  private static ReplayedConfiguration linearThompson(double noise) {
    ReplayedConfiguration any =
        of(
            BanditPolicyConfig.LINEAR_THOMPSON,
            Map.of("noise", noise, BanditPolicyConfig.PRIOR_PRECISION, PRECISION),
            0);
    return new ReplayedConfiguration(
        any.name() + " (noise " + noise + ")", any.assignment(), any.serving());
  }

  private static ReplayedConfiguration loggingFeatures(ReplayedConfiguration of) {
    return new ReplayedConfiguration(
        of.name(),
        of.assignment(),
        of.serving()
            .withBandit(
                of.serving().banditPolicy().withLogFeatures(true), ExplorationBudgetConfig.NONE));
  }

  /**
   * Serving's defaults with another policy.
   *
   * @param newcomerShare of the first slot
   */
  private static ReplayedConfiguration of(
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
    return "%s asked of %s, %s%s"
        .formatted(
            asked.name(),
            logged.name(),
            slots == 1 ? "1 slot" : slots + " slots",
            users.equals(ReplayUsers.ALIKE)
                ? ""
                : users.trainings() == 1 ? ", users differ" : ", users differ, retrained");
  }
}
