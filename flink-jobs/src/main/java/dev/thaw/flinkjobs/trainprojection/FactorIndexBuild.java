package dev.thaw.flinkjobs.trainprojection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.projection.ItemPlacement;
import dev.thaw.models.statistics.StatisticsPrior;
import dev.thaw.vectorindex.BuildOrder;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.ArrayList;
import java.util.List;

/** Places every item of a catalogue in the factor space. */
final class FactorIndexBuild {
  private static final int BATCH = 1_000;

  private final ItemPlacement placement;
  private final StatisticsPrior prior;

  /**
   * @param prior says which items are cold
   */
  FactorIndexBuild(ItemPlacement placement, StatisticsPrior prior) {
    this.placement = placement;
    this.prior = prior;
  }

  /**
   * @return number of items written
   */
  long into(VectorIndexes indexes, String version, TrainingData data) {
    FactorModel factors = placement.factors();
    VectorSpace space = factors.indexSpace(version);
    VectorIndex index = indexes.openOrCreate(space);
    List<CatalogueItem> catalogue =
        BuildOrder.scattered(data.catalogue(factors.domain()).values(), CatalogueItem::itemId);
    List<IndexedItem> batch = new ArrayList<>(BATCH);
    for (CatalogueItem item : catalogue) {
      batch.add(placed(item, space, data));
      if (batch.size() == BATCH) {
        index.upsert(batch);
        batch.clear();
      }
    }
    index.upsert(batch);
    index.compact();
    return catalogue.size();
  }

  private IndexedItem placed(CatalogueItem item, VectorSpace space, TrainingData data) {
    long interactions = data.interactionsWith(item.itemId());
    float[] vector = placement.place(item, data.vectors().get(item.itemId()));
    return new IndexedItem(
        item.itemId(),
        item.domain(),
        interactions < prior.coldBelow(),
        item.available(),
        Embedding.copyOf(space, vector));
  }
}
