package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.ArmCounts;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Fading;

/**
 * What showing an item earned of one reward in one configuration. Public fields, as Flink's POJO
 * serializer wants them.
 */
public final class ArmCell {
  /** Of answers outside of any experiment. */
  private static final String NO_EXPERIMENT = "*";

  /** The key of what was counted before there were cells. */
  static final String BEFORE_CELLS = key(Assignment.NONE, RewardDefinition.POSITIVE.name());

  public double impressions;
  public double rewards;

  /** The time both have faded to, epoch milliseconds. */
  public long frontier = Fading.NEVER;

  /** For Flink. */
  public ArmCell() {}

  static ArmCell of(double impressions, double rewards, long frontier) {
    ArmCell cell = new ArmCell();
    cell.impressions = impressions;
    cell.rewards = rewards;
    cell.frontier = frontier;
    return cell;
  }

  /**
   * Names the cell in rows: {@code experiment/configuration:reward}, with {@value #NO_EXPERIMENT}
   * before the reward outside of experiments.
   */
  public static String key(Assignment assignment, String reward) {
    return (assignment.isNone()
            ? NO_EXPERIMENT
            : assignment.experiment() + "/" + assignment.configuration())
        + ":"
        + reward;
  }

  private static boolean isOf(String key, String reward) {
    return key.endsWith(":" + reward);
  }

  /**
   * @param experiment empty for none, of which nothing is
   */
  private static boolean isOfExperiment(String key, String experiment) {
    return !experiment.isEmpty() && key.startsWith(experiment + "/");
  }

  /**
   * Whether a configuration learns from a cell of this key: not from those of other configurations
   * of its experiment.
   */
  public static boolean teaches(String key, String reward, Assignment assignment) {
    return isOf(key, reward)
        && (key.equals(key(assignment, reward)) || !isOfExperiment(key, assignment.experiment()));
  }

  static boolean isOfAnyExperiment(String key) {
    return !key.startsWith(NO_EXPERIMENT);
  }

  /** The key of the same reward outside of experiments. */
  static String outside(String key) {
    return NO_EXPERIMENT + key.substring(key.indexOf(':'));
  }

  /** Adds what another cell of the reward has counted. */
  void merge(ArmCell other, Fading fading) {
    ArmCounts counts = counts(fading);
    counts.merge(other.counts(fading));
    take(counts);
  }

  private ArmCounts counts(Fading fading) {
    return ArmCounts.of(fading, new ArmEvidence(impressions, rewards), frontier);
  }

  private void take(ArmCounts counts) {
    ArmEvidence evidence = counts.at(counts.frontier());
    impressions = evidence.impressions();
    rewards = evidence.rewards();
    frontier = counts.frontier();
  }

  void observe(double reward, long time, Fading fading) {
    ArmCounts counts = counts(fading);
    counts.observe(reward, time);
    take(counts);
  }

  ArmCell copy() {
    return of(impressions, rewards, frontier);
  }
}
