package dev.thaw.evaluation.offpolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The estimators that fit a log. */
public final class Estimators {
  private static final int FOLDS = 5;
  private static final int BLOCKS = 10;

  private Estimators() {}

  /**
   * Importance sampling for all; of answers of one slot those that model rewards, {@linkplain
   * DoublyRobust#stabilised() stabilised} where logging distributions are logged; of several slots
   * those for slates.
   *
   * @param log of at least 2 clusters
   * @param maxReward of a slot
   */
  public static List<Estimator> fitting(WeightedLog log, double maxReward, RandomGenerator random) {
    List<Estimator> fitting = new ArrayList<>(ImportanceSampling.all());
    if (log.slots() > 1) {
      fitting.addAll(SlateSampling.all(log));
      return fitting;
    }
    int folds = Math.min(FOLDS, log.clusterCount());
    fitting.addAll(
        new DoublyRobust(CrossFit.byCluster(log, ShrunkenMeans.DEFAULT, folds, random))
            .all(maxReward));
    if (log.rounds().stream().allMatch(LoggedRound::hasDistribution)) {
      int blocks = Math.min(BLOCKS, log.size());
      fitting.add(
          new DoublyRobust(CrossFit.fromThePast(log, ShrunkenMeans.DEFAULT, blocks)).stabilised());
    }
    return fitting;
  }
}
