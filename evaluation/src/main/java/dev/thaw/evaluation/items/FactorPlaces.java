package dev.thaw.evaluation.items;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.factors.ItemFoldIn;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.projection.ItemPlacer;
import dev.thaw.models.projection.Projected;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.projection.ProjectionData;
import dev.thaw.models.projection.ProjectionTrainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Where new items stand in a factor space that was trained without them: projected from what they
 * are, folded in from who likes them, placed between both as the index that serving searches has
 * them, or blended by a gate. Immutable, thread-safe.
 */
final class FactorPlaces {
  private final NewItems items;
  private final FactorModel factors;
  private final Projection projection;
  private final ItemFoldIn foldIn;
  private final ItemPlacer placer;
  private final List<Projected> projected;

  /**
   * What is known of the items of a domain.
   *
   * @param catalogue records of items
   * @param content vectors of one space; items may lack one
   */
  record Descriptions(Map<ItemId, CatalogueItem> catalogue, Map<ItemId, Embedding> content) {
    Descriptions {
      catalogue = Map.copyOf(catalogue);
      content = Map.copyOf(content);
    }
  }

  private FactorPlaces(
      NewItems items,
      FactorModel factors,
      Projection projection,
      ItemFoldIn foldIn,
      ItemPlacer placer,
      List<Projected> projected) {
    this.items = items;
    this.factors = factors;
    this.projection = projection;
    this.foldIn = foldIn;
    this.placer = placer;
    this.projected = projected;
  }

  /** Trains factors and projection on all but the new items. */
  static FactorPlaces train(
      NewItems items,
      Descriptions known,
      ImplicitAlsConfig config,
      RatingScale scale,
      int threads,
      long seed) {
    FactorModel factors =
        FactorTrainers.implicitAls(config, scale, threads, TrainingProgress.SILENT)
            .fit(items.training(), new SplittableRandom(seed));
    Projection projection =
        new ProjectionTrainer(threads)
            .fit(
                new ProjectionData(items.training(), factors, known.catalogue, known.content),
                new SplittableRandom(seed));
    List<Projected> projected = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ItemId id = items.id(i);
      CatalogueItem record = known.catalogue.get(id);
      projected.add(
          record == null
              ? new Projected(new float[factors.rank() + 1], 0)
              : projection.projected(record, known.content.get(id)));
    }
    return new FactorPlaces(
        items,
        factors,
        projection,
        ItemFoldIn.of(factors, items.training(), threads),
        ItemPlacer.of(factors, items.training(), projection.placed().strength(), threads),
        projected);
  }

  Projection projection() {
    return projection;
  }

  FactorModel factors() {
    return factors;
  }

  /** By content alone, whatever is known of them. */
  ItemScores.Scorer projected() {
    return scorer(projected.stream().map(Projected::vector).toArray(float[][]::new));
  }

  /** By those who like them alone. */
  ItemScores.Scorer foldedIn(int interactions) {
    return scorer(learned(interactions));
  }

  /** By both, as the gate says. */
  ItemScores.Scorer blended(ContentGate gate, int interactions) {
    return scorer(blend(gate, interactions, learned(interactions)));
  }

  /** By both, as train-projection puts them into the index. */
  ItemScores.Scorer placed(int interactions) {
    float[][] vectors = new float[items.size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] =
          placer
              .place(
                  projected.get(i), items.seen(i, interactions), items.knownUsers(i, interactions))
              .vector();
    }
    return scorer(vectors);
  }

  /**
   * How many likes each item will have, by its content and by how fast the known ones came; without
   * times by content alone.
   */
  ItemScores.Scorer likes(int interactions) {
    float[] likes = new float[items.size()];
    for (int i = 0; i < likes.length; i++) {
      likes[i] = (float) items.seen(i, interactions).expected(projected.get(i).likes());
    }
    return (judge, out) -> System.arraycopy(likes, 0, out, 0, out.length);
  }

  /** Vectors of items after so many interactions, of length d + 1. */
  float[][] learned(int interactions) {
    float[][] learned = new float[items.size()][];
    for (int i = 0; i < learned.length; i++) {
      learned[i] = foldIn.indexVector(items.knownUsers(i, interactions));
    }
    return learned;
  }

  float[][] blend(ContentGate gate, int interactions, float[][] learned) {
    float[][] blended = new float[items.size()][];
    for (int i = 0; i < blended.length; i++) {
      blended[i] = new float[factors.rank() + 1];
      gate.blend(items.known(i, interactions), projected.get(i).vector(), learned[i], blended[i]);
    }
    return blended;
  }

  ItemScores.Scorer scorer(float[][] vectors) {
    return (judge, out) -> {
      float[] query = factors.foldIn(judge.history()).query();
      for (int i = 0; i < out.length; i++) {
        out[i] = InnerProduct.of(vectors[i], query, query.length);
      }
    };
  }
}
