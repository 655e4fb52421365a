package dev.thaw.flinkjobs.trainprojection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.gate.ContentGate;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.statistics.StatisticsPrior;
import dev.thaw.vectorindex.IndexedItem;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Places every item of a catalogue in the factor space. */
final class FactorIndexBuild {
  private static final int BATCH = 1_000;

  private final FactorModel factors;
  private final Projection projection;
  private final Interactions positives;
  private final Map<ItemId, Embedding> content;
  private final ContentGate gate = ContentGate.DEFAULT;

  FactorIndexBuild(
      FactorModel factors,
      Projection projection,
      Interactions positives,
      Map<ItemId, Embedding> content) {
    this.factors = factors;
    this.projection = projection;
    this.positives = positives;
    this.content = content;
  }

  /**
   * @return number of items written
   */
  long into(VectorIndexes indexes, String version, Collection<CatalogueItem> catalogue) {
    VectorSpace space = factors.indexSpace(version);
    VectorIndex index = indexes.openOrCreate(space);
    List<IndexedItem> batch = new ArrayList<>(BATCH);
    for (CatalogueItem item : catalogue) {
      int count = count(item.itemId());
      Embedding vector = Embedding.copyOf(space, vector(item, count));
      batch.add(
          new IndexedItem(
              item.itemId(),
              item.domain(),
              count < StatisticsPrior.DEFAULT.coldBelow(),
              item.available(),
              vector));
      if (batch.size() == BATCH) {
        index.upsert(batch);
        batch.clear();
      }
    }
    index.upsert(batch);
    index.refresh();
    return catalogue.size();
  }

  private int count(ItemId item) {
    int number = positives.items().indexOf(item);
    return number < 0 ? 0 : positives.columnLength(number);
  }

  private float[] vector(CatalogueItem item, int count) {
    float[] learned = factors.indexVector(item.itemId());
    float[] projected = projection.project(item, content.get(item.itemId()));
    if (learned == null) {
      return projected;
    }
    float[] blended = new float[learned.length];
    gate.blend(count, projected, learned, blended);
    return blended;
  }
}
