package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.ArmCounts;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.Fading;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row of the view {@code arm_posterior} as readers see it.
 *
 * @param ever impressions and rewards that never fade, of what the bandit learns by
 * @param cells by {@link ArmCell#key}, in their order: sums are the same on every reader
 */
public record ArmRow(ArmEvidence ever, SortedMap<String, Cell> cells) {
  public static final ArmRow NONE = new ArmRow(ArmEvidence.NONE, new TreeMap<>());

  public ArmRow {
    cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
  }

  /**
   * @param time that the evidence has faded to, epoch milliseconds
   */
  public record Cell(ArmEvidence evidence, long time) {
    private ArmCounts counts(Fading fading) {
      return ArmCounts.of(fading, evidence, time);
    }
  }

  /**
   * @throws IllegalArgumentException if the row can't be
   */
  public static ArmRow of(FeatureRow row) {
    if (!(row.get("impressions").orElse(null) instanceof FeatureValue.Int64 shown)
        || !(row.get("rewards").orElse(null) instanceof FeatureValue.Float64 earned)) {
      throw new IllegalArgumentException(
          "row of arm_posterior must have impressions and rewards, was " + row);
    }
    ArmEvidence ever = new ArmEvidence(shown.value(), earned.value());
    if (row.get("cells").orElse(null) instanceof FeatureValue.Texts names
        && row.get("cell_impressions").orElse(null) instanceof FeatureValue.Float64s impressions
        && row.get("cell_rewards").orElse(null) instanceof FeatureValue.Float64s rewards
        && row.get("cell_times").orElse(null) instanceof FeatureValue.Int64s times) {
      return new ArmRow(
          ever, cells(names.values(), impressions.toArray(), rewards.toArray(), times.toArray()));
    }
    SortedMap<String, Cell> one = new TreeMap<>();
    one.put(ArmCell.BEFORE_CELLS, new Cell(ever, row.eventTime().toEpochMilli()));
    return new ArmRow(ever, one);
  }

  private static SortedMap<String, Cell> cells(
      List<String> names, double[] impressions, double[] rewards, long[] times) {
    if (impressions.length != names.size()
        || rewards.length != names.size()
        || times.length != names.size()) {
      throw new IllegalArgumentException(
          "lists of arm_posterior must be equally long, were "
              + List.of(names.size(), impressions.length, rewards.length, times.length));
    }
    SortedMap<String, Cell> cells = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      cells.put(names.get(i), new Cell(new ArmEvidence(impressions[i], rewards[i]), times[i]));
    }
    return cells;
  }

  /**
   * All that was learned of a reward, but for what other configurations of the same experiment did:
   * each of them learns by itself, beside what answers outside of its experiment tell.
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
