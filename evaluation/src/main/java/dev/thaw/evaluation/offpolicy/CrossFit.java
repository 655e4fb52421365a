package dev.thaw.evaluation.offpolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Has each round's reward predicted by a model that has not seen it. */
final class CrossFit {
  private CrossFit() {}

  /**
   * Models of K parts of the clusters, each learned from the other parts (Chernozhukov et al. 2018,
   * definition 3.2, over clusters): of no user is anything predicted by what they did themselves.
   *
   * @param folds at least 2
   */
  static ModelledRewards byCluster(
      WeightedLog log, RewardModel.Trainer trainer, int folds, RandomGenerator random) {
    if (folds < 2 || folds > log.clusterCount()) {
      throw new IllegalArgumentException(
          "folds must be in [2, " + log.clusterCount() + "], of so many clusters, were " + folds);
    }
    int[] foldOfCluster = new int[log.clusterCount()];
    for (int c = 0; c < foldOfCluster.length; c++) {
      foldOfCluster[c] = c % folds;
    }
    shuffle(foldOfCluster, random);
    RewardModel[] models = new RewardModel[folds];
    for (int fold = 0; fold < folds; fold++) {
      List<LoggedRound> others = new ArrayList<>();
      for (int i = 0; i < log.size(); i++) {
        if (foldOfCluster[log.cluster(i)] != fold) {
          others.add(log.rounds().get(i));
        }
      }
      models[fold] = trainer.fit(others);
    }
    return ModelledRewards.of(log, i -> models[foldOfCluster[log.cluster(i)]]);
  }

  /**
   * Models of blocks in time, each learned from the blocks before. What the estimate is corrected
   * by then depends on the past alone, which logs of a policy that learns need (Hadad et al. 2021,
   * eq. 5); the first block has a model of nothing.
   *
   * @param blocks at least 2
   */
  static ModelledRewards fromThePast(WeightedLog log, RewardModel.Trainer trainer, int blocks) {
    if (blocks < 2 || blocks > log.size()) {
      throw new IllegalArgumentException(
          "blocks must be in [2, " + log.size() + "], of so many rounds, were " + blocks);
    }
    RewardModel[] models = new RewardModel[blocks];
    for (int block = 0; block < blocks; block++) {
      models[block] = trainer.fit(log.rounds().subList(0, start(log, blocks, block)));
    }
    return ModelledRewards.of(log, i -> models[(int) ((long) i * blocks / log.size())]);
  }

  /** The first round i with {@code i * blocks / size >= block}. */
  private static int start(WeightedLog log, int blocks, int block) {
    return (int) (((long) block * log.size() + blocks - 1) / blocks);
  }

  private static void shuffle(int[] values, RandomGenerator random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }
}
