package dev.thaw.models.statistics;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.Fading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The view {@code arm_posterior} of one item: settled impressions and their rewards, apart by
 * configuration and reward, each fading at its own rate; and the Beta posterior {@code (alpha +
 * rewards, beta + impressions - rewards)} of what the bandit learns by outside of experiments.
 * Independent of the order of arrival, as long as cells are few. Mutable; belongs to one thread.
 * Public fields, as Flink's POJO serializer wants them.
 */
public final class ArmPosterior {
  /**
   * Cells of an item, more than one experiment and its domain can have. Of experiments those not
   * shown for longest go first: what they counted goes on outside of experiments.
   */
  static final int MAX_CELLS = 256;

  /** Ever, by every configuration, of the reward the bandit learns by. */
  public long impressions;

  public double rewards;

  /** Event-time frontier, epoch milliseconds; {@code Long.MIN_VALUE} before the first. */
  public long frontier = Long.MIN_VALUE;

  /** Key of {@link #cells} that the bandit learns by outside of experiments. */
  public String main = "";

  /** By {@link ArmCell#key}; null in a state from before there were cells. */
  public @Nullable Map<String, ArmCell> cells = new HashMap<>();

  /**
   * @param fading of the slot's reward
   * @param learnt whether the bandit learns by this reward
   */
  public void add(SettledSlot slot, Fading fading, boolean learnt) {
    String key = ArmCell.key(slot.assignment(), slot.rewardName());
    if (learnt) {
      impressions++;
      rewards += slot.reward();
      main = ArmCell.key(Assignment.NONE, slot.rewardName());
    }
    frontier = Math.max(frontier, slot.settledAt());
    Map<String, ArmCell> all = cells();
    all.computeIfAbsent(key, first -> new ArmCell())
        .observe(slot.reward(), slot.settledAt(), fading);
    if (all.size() > MAX_CELLS) {
      all.entrySet().stream()
          .filter(each -> ArmCell.isOfAnyExperiment(each.getKey()))
          .min(
              Comparator.comparingLong(
                      (Map.Entry<String, ArmCell> each) -> each.getValue().frontier)
                  .thenComparing(Map.Entry.comparingByKey()))
          .ifPresent(oldest -> end(oldest.getKey(), oldest.getValue(), fading));
    }
  }

  private void end(String key, ArmCell cell, Fading fading) {
    cells().remove(key);
    cells().computeIfAbsent(ArmCell.outside(key), first -> new ArmCell()).merge(cell, fading);
  }

  private Map<String, ArmCell> cells() {
    if (cells == null) {
      cells = new HashMap<>();
    }
    return cells;
  }

  /** Takes up a state from before there were cells. */
  public void adopt() {
    if (cells().isEmpty() && impressions > 0) {
      main = ArmCell.BEFORE_CELLS;
      cells().put(main, ArmCell.of(impressions, rewards, frontier));
    }
  }

  public boolean isEmpty() {
    return frontier == Long.MIN_VALUE;
  }

  /** An independent copy. */
  public ArmPosterior copy() {
    ArmPosterior copy = new ArmPosterior();
    copy.impressions = impressions;
    copy.rewards = rewards;
    copy.frontier = frontier;
    copy.main = main;
    cells().forEach((key, cell) -> copy.cells().put(key, cell.copy()));
    return copy;
  }

  /**
   * @throws IllegalArgumentException if nothing was ever counted
   */
  public FeatureRow row(EntityKey key, BetaPrior prior) {
    if (isEmpty()) {
      throw new IllegalArgumentException("an arm never shown has no row, key was " + key);
    }
    List<String> names = new ArrayList<>();
    List<ArmCell> counted = new ArrayList<>();
    new TreeMap<>(cells())
        .forEach(
            (name, cell) -> {
              names.add(name);
              counted.add(cell);
            });
    ArmCell learnt = cells().getOrDefault(main, new ArmCell());
    return new FeatureRow(
        key,
        Map.of(
            "alpha", new FeatureValue.Float64(prior.alpha() + learnt.rewards),
            "beta", new FeatureValue.Float64(prior.beta() + learnt.impressions - learnt.rewards),
            "impressions", new FeatureValue.Int64(impressions),
            "rewards", new FeatureValue.Float64(rewards),
            "cells", new FeatureValue.Texts(names),
            "cell_impressions",
                FeatureValue.Float64s.copyOf(
                    counted.stream().mapToDouble(cell -> cell.impressions).toArray()),
            "cell_rewards",
                FeatureValue.Float64s.copyOf(
                    counted.stream().mapToDouble(cell -> cell.rewards).toArray()),
            "cell_times",
                FeatureValue.Int64s.copyOf(
                    counted.stream().mapToLong(cell -> cell.frontier).toArray())),
        Instant.ofEpochMilli(frontier));
  }
}
