package dev.thaw.evaluation.offpolicy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How far a log can answer for a policy.
 *
 * @param effectiveSampleSize {@code (sum w)^2 / sum w^2} (Kish 1965), in rounds
 * @param effectiveClusters the same of clusters' summed weights
 * @param rewardedClusters those with a reward of a weight above 0
 * @param maxWeight of a whole answer
 * @param meanWeight 1 where the log has full support and its propensities are right
 * @param meanWeightError standard error of it, over clusters
 * @param missingSupport mean chance, over rounds and slots, that the evaluated policy gives to arms
 *     that the log can't answer for: those of logging chance 0 where distributions are logged, else
 *     those that the log never shows in this segment and slot, which may have had a chance
 * @param distributionsLogged whether it is the former
 */
public record Diagnostics(
    int rounds,
    int clusters,
    double effectiveClusters,
    int rewardedClusters,
    double effectiveSampleSize,
    double maxWeight,
    double meanWeight,
    double meanWeightError,
    double missingSupport,
    boolean distributionsLogged) {
  /** Below it an estimate hangs on a few rounds. */
  public static final double MIN_EFFECTIVE = 100;

  /** Below them an interval over clusters hangs on a few. */
  private static final int MIN_CLUSTERS = 30;

  /** With fewer rewarded, no resample says how much more there might have been. */
  private static final int MIN_REWARDED = 10;

  private static final double MAX_MISSING = 0.01;
  private static final double MAX_ERRORS = 4;

  public static Diagnostics of(WeightedLog log) {
    double sum = 0;
    double squares = 0;
    double max = 0;
    double[] ofCluster = new double[log.clusterCount()];
    BitSet rewarded = new BitSet();
    for (int i = 0; i < log.size(); i++) {
      double weight = log.listWeight(i);
      sum += weight;
      squares += weight * weight;
      max = Math.max(max, weight);
      ofCluster[log.cluster(i)] += weight;
      if (weight > 0 && log.listReward(i) > 0) {
        rewarded.set(log.cluster(i));
      }
    }
    double clusterSquares = Arrays.stream(ofCluster).map(weight -> weight * weight).sum();
    Terms mean = Terms.mean(log, log::listWeight);
    return new Diagnostics(
        log.size(),
        log.clusterCount(),
        clusterSquares == 0 ? 0 : sum * sum / clusterSquares,
        rewarded.cardinality(),
        squares == 0 ? 0 : sum * sum / squares,
        max,
        mean.estimate(),
        mean.standardError(),
        missing(log),
        log.rounds().stream().allMatch(LoggedRound::hasDistribution));
  }

  private record Shown(int segment, int slot, int arm) {}

  private static double missing(WeightedLog log) {
    if (log.policy().isEmpty()) {
      return 0;
    }
    EvaluationPolicy policy = log.policy().get();
    Set<Shown> shown = new HashSet<>();
    for (LoggedRound round : log.rounds()) {
      for (int slot = 0; slot < round.slots().size(); slot++) {
        shown.add(new Shown(round.segment(), slot, round.slots().get(slot).arm()));
      }
    }
    double missing = 0;
    int slots = 0;
    for (LoggedRound round : log.rounds()) {
      for (int slot = 0; slot < round.slots().size(); slot++) {
        slots++;
        double[] chances = policy.chances(round, slot);
        for (int place = 0; place < chances.length; place++) {
          if (chances[place] > 0 && !isSupported(round, slot, place, shown)) {
            missing += chances[place];
          }
        }
      }
    }
    return missing / slots;
  }

  private static boolean isSupported(LoggedRound round, int slot, int place, Set<Shown> shown) {
    return round.hasDistribution()
        ? round.loggingChance(place) > 0
        : shown.contains(new Shown(round.segment(), slot, round.eligible().arm(place)));
  }

  public boolean isReliable() {
    return reasons().isEmpty();
  }

  /** {@code reliable}, or {@code unreliable} and why. */
  public String verdict() {
    return isReliable() ? "reliable" : "unreliable: " + String.join("; ", reasons());
  }

  private List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (effectiveSampleSize < MIN_EFFECTIVE) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "effective sample size %.1f is below %.0f",
              effectiveSampleSize,
              MIN_EFFECTIVE));
    }
    if (effectiveClusters < MIN_CLUSTERS) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "weights are those of %.1f clusters, fewer than %d",
              effectiveClusters,
              MIN_CLUSTERS));
    }
    if (rewardedClusters < MIN_REWARDED) {
      reasons.add(
          "clusters with a reward that counts are %d, fewer than %d"
              .formatted(rewardedClusters, MIN_REWARDED));
    }
    if (distributionsLogged && missingSupport > MAX_MISSING) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "%.1f %% of the policy's choices are without support, more than %.0f %%",
              100 * missingSupport,
              100 * MAX_MISSING));
    }
    if (Math.abs(meanWeight - 1) > MAX_ERRORS * meanWeightError + 1e-9) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "mean weight %.3f is more than %.0f errors of %.3f from 1",
              meanWeight,
              MAX_ERRORS,
              meanWeightError));
    }
    return reasons;
  }
}
