package dev.thaw.evaluation.offpolicy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer of the logging policy. Immutable. */
public final class LoggedRound {
  private static final double SUM_ERROR = 1e-6;

  private final int cluster;
  private final int segment;
  private final ArmSet eligible;
  private final List<LoggedSlot> slots;
  private final int[] places;
  private final double @Nullable [] distribution;

  private LoggedRound(
      int cluster,
      int segment,
      ArmSet eligible,
      List<LoggedSlot> slots,
      double @Nullable [] distribution) {
    if (cluster < 0 || segment < 0) {
      throw new IllegalArgumentException(
          "cluster and segment must be >= 0, were " + cluster + " and " + segment);
    }
    if (slots.isEmpty()) {
      throw new IllegalArgumentException("a round needs at least 1 slot, had 0");
    }
    this.cluster = cluster;
    this.segment = segment;
    this.eligible = eligible;
    this.slots = List.copyOf(slots);
    this.distribution = distribution;
    this.places = new int[slots.size()];
    for (int slot = 0; slot < places.length; slot++) {
      int arm = slots.get(slot).arm();
      places[slot] =
          eligible
              .place(arm)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "arm must be one of the " + eligible.size() + " eligible, was " + arm));
      for (int before = 0; before < slot; before++) {
        if (places[before] == places[slot]) {
          throw new IllegalArgumentException("arm " + arm + " stands in two slots");
        }
      }
    }
  }

  /**
   * @param cluster rounds that depend on each other, such as those of one user, from 0 on
   * @param segment what is known of the circumstances, as a number from 0 on
   * @param slots in their order, at least one, each with another of the eligible arms
   */
  public static LoggedRound of(int cluster, int segment, ArmSet eligible, List<LoggedSlot> slots) {
    return new LoggedRound(cluster, segment, eligible, slots, null);
  }

  /**
   * With the whole distribution that the first slot was drawn from.
   *
   * @param chances of the eligible arms in their order; sum 1
   */
  public LoggedRound withDistribution(double[] chances) {
    if (chances.length != eligible.size()) {
      throw new IllegalArgumentException(
          "a chance is needed for each of " + eligible.size() + " arms, were " + chances.length);
    }
    double sum = 0;
    for (double chance : chances) {
      if (!(chance >= 0)) {
        throw new IllegalArgumentException("chance must be >= 0, was " + chance);
      }
      sum += chance;
    }
    if (!(Math.abs(sum - 1) < SUM_ERROR)) {
      throw new IllegalArgumentException("chances must have the sum 1, was " + sum);
    }
    return new LoggedRound(cluster, segment, eligible, slots, chances.clone());
  }

  public int cluster() {
    return cluster;
  }

  public int segment() {
    return segment;
  }

  public ArmSet eligible() {
    return eligible;
  }

  public List<LoggedSlot> slots() {
    return slots;
  }

  /** Where the arm of this slot stands among the eligible ones. */
  public int place(int slot) {
    return places[slot];
  }

  public boolean hasDistribution() {
    return distribution != null;
  }

  /**
   * Chance of an arm in the first slot.
   *
   * @throws IllegalStateException unless {@link #hasDistribution}
   */
  public double loggingChance(int place) {
    if (distribution == null) {
      throw new IllegalStateException("the round has no logging distribution");
    }
    return distribution[place];
  }
}
