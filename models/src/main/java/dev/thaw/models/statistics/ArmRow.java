package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.ArmCounts;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Fading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of the view {@code arm_posterior} as readers see it.
 *
 * @param cells by {@link ArmCell#key}
 */
public record ArmRow(Map<String, Cell> cells) {
  public static final ArmRow NONE = new ArmRow(Map.of());

  /**
   * @param time that the evidence has faded to, epoch milliseconds
   */
  public record Cell(ArmEvidence evidence, long time) {
    private ArmCounts counts(Fading fading) {
      return ArmCounts.of(fading, evidence, time);
    }
  }

  public ArmRow {
    cells = Map.copyOf(cells);
  }

  /**
   * @param main the cell that a row without cells counts
   * @throws IllegalArgumentException if the row can't be
   */
  public static ArmRow of(FeatureRow row, String main) {
    if (row.get("cells").orElse(null) instanceof FeatureValue.Texts names
        && row.get("cell_impressions").orElse(null) instanceof FeatureValue.Float64s impressions
        && row.get("cell_rewards").orElse(null) instanceof FeatureValue.Float64s rewards
        && row.get("cell_times").orElse(null) instanceof FeatureValue.Int64s times) {
      return of(names.values(), impressions.toArray(), rewards.toArray(), times.toArray());
    }
    if (row.get("impressions").orElse(null) instanceof FeatureValue.Int64 impressions
        && row.get("rewards").orElse(null) instanceof FeatureValue.Float64 rewards) {
      return new ArmRow(
          Map.of(
              main,
              new Cell(
                  new ArmEvidence(impressions.value(), rewards.value()),
                  row.eventTime().toEpochMilli())));
    }
    throw new IllegalArgumentException(
        "row of arm_posterior must have impressions and rewards, was " + row);
  }

  private static ArmRow of(
      List<String> names, double[] impressions, double[] rewards, long[] times) {
    if (impressions.length != names.size()
        || rewards.length != names.size()
        || times.length != names.size()) {
      throw new IllegalArgumentException(
          "lists of arm_posterior must be equally long, were "
              + List.of(names.size(), impressions.length, rewards.length, times.length));
    }
    Map<String, Cell> cells = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      cells.put(names.get(i), new Cell(new ArmEvidence(impressions[i], rewards[i]), times[i]));
    }
    return new ArmRow(cells);
  }

  /**
   * All that was learned of a reward, but for what other configurations of an experiment did: each
   * of them learns by itself, from what was known before.
   *
   * @param fading of the reward
   */
  public ArmCounts learned(String reward, Assignment assignment, Fading fading) {
    ArmCounts learned = new ArmCounts(fading);
    cells.forEach(
        (key, cell) -> {
          if (ArmCell.teaches(key, reward, assignment)) {
            learned.merge(cell.counts(fading));
          }
        });
    return learned;
  }
}
