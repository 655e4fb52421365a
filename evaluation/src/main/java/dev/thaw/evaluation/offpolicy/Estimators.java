package dev.thaw.evaluation.offpolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which estimators there are.
 *
 * @param maxReward of a slot
 * @param clip of clipped IPS; null for the root of the number of rounds
 * @param tau of switch-DR; null for the one of the smallest bound on the error
 */
public record Estimators(double maxReward, @Nullable Double clip, @Nullable Double tau) {
  private static final int FOLDS = 5;
  private static final int BLOCKS = 10;

  public static Estimators of(double maxReward) {
    return new Estimators(maxReward, null, null);
  }

  /**
   * Those that fit a log. Importance sampling for all; of answers of one slot those that model
   * rewards, {@linkplain DoublyRobust#stabilised() stabilised} where logging distributions are
   * logged; of several slots those for slates.
   *
   * @throws IllegalArgumentException if the log has fewer than 2 clusters
   */
  public List<Estimator> fitting(WeightedLog log, RandomGenerator random) {
    if (log.clusterCount() < 2) {
      throw new IllegalArgumentException(
          "a log needs rounds of at least 2 clusters, had " + log.clusterCount());
    }
    List<Estimator> fitting = new ArrayList<>();
    fitting.add(ImportanceSampling.ips());
    fitting.add(ImportanceSampling.snips());
    fitting.add(
        clip == null ? ImportanceSampling.clippedAtRoot() : ImportanceSampling.clipped(clip));
    if (log.slots() > 1) {
      fitting.addAll(SlateSampling.all(log));
      return fitting;
    }
    int folds = Math.min(FOLDS, log.clusterCount());
    DoublyRobust robust =
        new DoublyRobust(CrossFit.byCluster(log, ShrunkenMeans.DEFAULT, folds, random));
    fitting.add(robust.direct());
    fitting.add(robust.doublyRobust());
    fitting.add(tau == null ? robust.switchingByBound(maxReward) : robust.switching(tau));
    if (log.rounds().stream().allMatch(LoggedRound::hasDistribution)) {
      int blocks = Math.min(BLOCKS, log.size());
      fitting.add(
          new DoublyRobust(CrossFit.fromThePast(log, ShrunkenMeans.DEFAULT, blocks)).stabilised());
    }
    return fitting;
  }
}
