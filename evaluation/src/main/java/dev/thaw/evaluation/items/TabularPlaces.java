package dev.thaw.evaluation.items;

import dev.thaw.evaluation.items.FactorPlaces.Descriptions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.models.tabular.TabularConfig;
import dev.thaw.models.tabular.TabularData;
import dev.thaw.models.tabular.TabularModel;
import dev.thaw.models.tabular.TabularTrainer;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Where a network that reads attributes and categories puts new items in the factor space. It
 * learns from the same items and targets as the projection.
 */
final class TabularPlaces {
  private final NewItems items;
  private final Descriptions known;
  private final TabularData data;
  private final TabularTrainer trainer;

  TabularPlaces(NewItems items, Descriptions known, FactorPlaces places, int threads) {
    this.items = items;
    this.known = known;
    this.data =
        new TabularData(
            items.training(),
            places.factors(),
            known.catalogue(),
            places.projection().quality().targetRidge());
    this.trainer = new TabularTrainer(TabularConfig.DEFAULT, threads);
  }

  /** Why there is nothing to learn from; empty where there is. */
  Optional<String> obstacle() {
    return trainer.obstacle(data);
  }

  /** Vectors of length d + 1, zeros for items that say nothing about themselves. */
  float[][] train(long seed) {
    TabularModel model = trainer.fit(data, new SplittableRandom(seed));
    float[][] vectors = new float[items.size()][];
    for (int i = 0; i < vectors.length; i++) {
      CatalogueItem record = known.catalogue().get(items.id(i));
      float[] placed = record == null ? null : model.place(record);
      vectors[i] = placed == null ? new float[model.rank() + 1] : placed;
    }
    return vectors;
  }
}
