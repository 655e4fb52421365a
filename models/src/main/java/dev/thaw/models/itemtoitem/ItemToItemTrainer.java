package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.training.RowTasks;
import dev.thaw.models.training.Trainer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Counts which items are liked together. Cosine and lift are O(sum over users of the square of
 * their likes). All weights of a model are at most {@value #MAX_WEIGHTS}: of large catalogues fewer
 * neighbours are kept than configured. Draws nothing at random.
 */
public final class ItemToItemTrainer implements Trainer<Interactions, ItemToItemModel> {
  static final int MAX_WEIGHTS = 32_000_000;
  private final ItemToItemConfig config;
  private final RatingScale scale;
  private final int threads;

  /**
   * @param scale says which items of a history are liked
   * @param threads change nothing but the time
   */
  public ItemToItemTrainer(ItemToItemConfig config, RatingScale scale, int threads) {
    this.config = config;
    this.scale = scale;
    this.threads = threads;
  }

  @Override
  public ItemToItemModel fit(Interactions positives, RandomGenerator random) {
    return fit(positives);
  }

  /**
   * @param positives interactions that the users liked
   */
  public ItemToItemModel fit(Interactions positives) {
    int size = positives.items().size();
    ItemWeights weights =
        switch (config.similarity()) {
          case COSINE -> new CosineWeights(positives, config.strength());
          case LIFT -> new LiftWeights(positives, config.strength());
          case EASE -> new EaseWeights(positives, config.strength());
        };
    int kept = Math.min(config.neighbours(), MAX_WEIGHTS / Math.max(1, size));
    int[][] columns = new int[size][];
    float[][] values = new float[size][];
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          size,
          () -> new float[2][size],
          (scratch, item) -> {
            weights.of(item, scratch[0]);
            columns[item] = largest(scratch[0], scratch[1], kept);
            values[item] = at(scratch[0], columns[item]);
          });
    }
    float[] logPopularity = new float[size];
    for (int item = 0; item < size; item++) {
      logPopularity[item] = (float) Math.log1p(positives.columnLength(item));
    }
    return new ItemToItemModel(
        positives.domain(), positives.items(), scale, config, logPopularity, columns, values);
  }

  /** Numbers of the largest weights by size, ascending. */
  private static int[] largest(float[] row, float[] size, int kept) {
    for (int i = 0; i < row.length; i++) {
      size[i] = Math.abs(row[i]);
    }
    int[] numbers = TopItems.of(size, kept, item -> row[item] != 0);
    Arrays.sort(numbers);
    return numbers;
  }

  private static float[] at(float[] row, int[] columns) {
    float[] values = new float[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = row[columns[i]];
    }
    return values;
  }
}
