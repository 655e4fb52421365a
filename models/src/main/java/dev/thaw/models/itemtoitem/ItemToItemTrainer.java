package dev.thaw.models.itemtoitem;

import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.RowTasks;
import dev.thaw.models.training.Trainer;
import java.util.random.RandomGenerator;

/**
 * Counts which items are liked together. Cosine is O(sum over users of the square of their likes),
 * lift that and items^2, EASE see {@link EaseWeights}. All weights of a model are at most {@value
 * #MAX_WEIGHTS}: of large catalogues fewer neighbours are kept than configured. Draws nothing at
 * random.
 */
public final class ItemToItemTrainer implements Trainer<Interactions, ItemToItemModel> {
  static final int MAX_WEIGHTS = 32_000_000;
  private final ItemToItemConfig config;
  private final RatingScale scale;
  private final int threads;
  private final int maxWeights;

  /**
   * @param scale says which items of a history are liked
   * @param threads change nothing but the time
   */
  public ItemToItemTrainer(ItemToItemConfig config, RatingScale scale, int threads) {
    this(config, scale, threads, MAX_WEIGHTS);
  }

  /**
   * @param maxWeights of the model
   */
  ItemToItemTrainer(ItemToItemConfig config, RatingScale scale, int threads, int maxWeights) {
    this.config = config;
    this.scale = scale;
    this.threads = threads;
    this.maxWeights = maxWeights;
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
          case COSINE -> new CosineWeights(positives, config.strength(), CosineWeights.SYMMETRIC);
          case ASYMMETRIC_COSINE ->
              new CosineWeights(positives, config.strength(), CosineWeights.ASYMMETRIC);
          case LIFT -> new LiftWeights(positives, config.strength());
          case EASE -> new EaseWeights(positives, config.strength());
        };
    int kept = Math.min(config.neighbours(), maxWeights / Math.max(1, size));
    SparseRow[] rows = new SparseRow[size];
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          size,
          () -> new WeightRow(size),
          (row, item) -> {
            row.clear();
            weights.of(item, row);
            rows[item] = SparseRow.of(row, kept);
          });
    }
    float[] logPopularity = new float[size];
    for (int item = 0; item < size; item++) {
      logPopularity[item] = (float) Math.log1p(positives.columnLength(item));
    }
    return new ItemToItemModel(
        positives.domain(), positives.items(), scale, config, logPopularity, rows);
  }
}
