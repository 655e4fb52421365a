package dev.thaw.evaluation.offpolicy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log seen by the policy that is evaluated: importance weights, evaluation chance over logging
 * chance, beside rewards. Arrays are indexed {@code [slot][round]}; where a round has fewer slots
 * than others, the weight is 1 and the reward 0. Immutable.
 */
public final class WeightedLog {
  private final List<LoggedRound> rounds;
  private final @Nullable EvaluationPolicy policy;
  private final int[] clusters;
  private final int clusterCount;
  private final double[][] weights;
  private final double @Nullable [][] marginalWeights;
  private final double[][] rewards;

  private WeightedLog(List<LoggedRound> rounds, @Nullable EvaluationPolicy policy) {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("a log needs at least 1 round, had 0");
    }
    this.rounds = List.copyOf(rounds);
    this.policy = policy;
    this.clusters = new int[rounds.size()];
    this.clusterCount = numberClusters();
    int slots = this.rounds.stream().mapToInt(round -> round.slots().size()).max().orElseThrow();
    this.rewards = new double[slots][rounds.size()];
    this.weights = new double[slots][rounds.size()];
    boolean marginals =
        this.rounds.stream()
            .allMatch(round -> round.slots().stream().allMatch(LoggedSlot::hasMarginal));
    this.marginalWeights = marginals ? new double[slots][rounds.size()] : null;
    for (int slot = 0; slot < slots; slot++) {
      for (int i = 0; i < rounds.size(); i++) {
        fill(slot, i);
      }
    }
  }

  /** In the order they come first: a cluster that no round is left of must not count as one. */
  private int numberClusters() {
    int highest = rounds.stream().mapToInt(LoggedRound::cluster).max().orElseThrow();
    int[] numbers = new int[highest + 1];
    int count = 0;
    for (int i = 0; i < clusters.length; i++) {
      int cluster = rounds.get(i).cluster();
      if (numbers[cluster] == 0) {
        numbers[cluster] = ++count;
      }
      clusters[i] = numbers[cluster] - 1;
    }
    return count;
  }

  private void fill(int slot, int i) {
    LoggedRound round = rounds.get(i);
    boolean there = slot < round.slots().size();
    weights[slot][i] = 1;
    if (there) {
      LoggedSlot logged = round.slots().get(slot);
      rewards[slot][i] = logged.reward();
      if (policy != null) {
        weights[slot][i] = policy.chances(round, slot)[round.place(slot)] / logged.propensity();
      }
    }
    if (marginalWeights != null) {
      marginalWeights[slot][i] =
          there && slot > 0 && policy != null
              ? policy.marginalChances(round, slot)[round.place(slot)]
                  / round.slots().get(slot).marginal()
              : weights[slot][i];
    }
  }

  /**
   * @param rounds in the order of time
   */
  public static WeightedLog of(List<LoggedRound> rounds, EvaluationPolicy policy) {
    return new WeightedLog(rounds, policy);
  }

  /** Of the policy that wrote the log: all weights are 1. */
  public static WeightedLog onPolicy(List<LoggedRound> rounds) {
    return new WeightedLog(rounds, null);
  }

  List<LoggedRound> rounds() {
    return rounds;
  }

  int size() {
    return rounds.size();
  }

  int slots() {
    return weights.length;
  }

  int clusterCount() {
    return clusterCount;
  }

  /** From 0 to the number of clusters. */
  int cluster(int round) {
    return clusters[round];
  }

  double weight(int slot, int round) {
    return weights[slot][round];
  }

  /** Product of the weights of the slots up to this one. */
  double weightUpTo(int slot, int round) {
    double product = 1;
    for (int s = 0; s <= slot; s++) {
      product *= weights[s][round];
    }
    return product;
  }

  /** Of the whole list. */
  double listWeight(int round) {
    return weightUpTo(slots() - 1, round);
  }

  boolean hasMarginals() {
    return marginalWeights != null;
  }

  double marginalWeight(int slot, int round) {
    if (marginalWeights == null) {
      throw new IllegalStateException("the log has no marginal propensities");
    }
    return marginalWeights[slot][round];
  }

  double reward(int slot, int round) {
    return rewards[slot][round];
  }

  double listReward(int round) {
    double sum = 0;
    for (double[] ofSlot : rewards) {
      sum += ofSlot[round];
    }
    return sum;
  }

  /** Empty for the policy that wrote the log. */
  Optional<EvaluationPolicy> policy() {
    return Optional.ofNullable(policy);
  }
}
