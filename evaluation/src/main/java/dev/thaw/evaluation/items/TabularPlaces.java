package dev.thaw.evaluation.items;

import dev.thaw.evaluation.items.FactorPlaces.Descriptions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.models.tabular.TabularConfig;
import dev.thaw.models.tabular.TabularData;
import dev.thaw.models.tabular.TabularModel;
import dev.thaw.models.tabular.TabularTrainer;
import java.util.SplittableRandom;

/** Where a network that reads attributes and categories puts new items in the factor space. */
final class TabularPlaces {
  private TabularPlaces() {}

  /**
   * Vectors of length d + 1, zeros for items that say nothing about themselves. Trained on the same
   * items and the same targets as the projection.
   */
  static float[][] train(
      NewItems items, Descriptions known, FactorPlaces places, int threads, long seed) {
    TabularModel model =
        new TabularTrainer(TabularConfig.DEFAULT, threads)
            .fit(
                new TabularData(
                    items.training(),
                    places.factors(),
                    known.catalogue(),
                    places.projection().quality().targetRidge()),
                new SplittableRandom(seed));
    float[][] vectors = new float[items.size()][];
    for (int i = 0; i < vectors.length; i++) {
      CatalogueItem record = known.catalogue().get(items.id(i));
      float[] placed = record == null ? null : model.place(record);
      vectors[i] = placed == null ? new float[places.factors().rank() + 1] : placed;
    }
    return vectors;
  }
}
