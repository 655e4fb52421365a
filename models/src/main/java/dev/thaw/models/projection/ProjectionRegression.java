package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.RidgeRegression;
import java.util.ArrayList;
import java.util.List;

/**
 * The normal equations of projections onto several kinds of targets, which share all but the right
 * side. An item with n interactions weighs {@code n / (n + }{@value #HALF_WEIGHT}{@code )}, since
 * vectors of few interactions are mostly regularisation. One thread.
 */
final class ProjectionRegression {
  private static final double HALF_WEIGHT = 20;

  private final FactorModel factors;
  private final ContentFeatures features;
  private final double[] targetRidges;
  private final RidgeRegression regression;

  /**
   * @param targetRidges see {@link ItemPlacer#target}
   */
  ProjectionRegression(FactorModel factors, ContentFeatures features, double... targetRidges) {
    this.factors = factors;
    this.features = features;
    this.targetRidges = targetRidges.clone();
    this.regression =
        new RidgeRegression(features.size(), targetRidges.length * (factors.rank() + 1));
  }

  /**
   * @param placer of the same factors
   * @param items with a record, by number
   */
  ProjectionRegression add(ProjectionData data, ItemPlacer placer, int[] items) {
    Interactions likes = data.interactions();
    for (int number : items) {
      ItemId item = likes.items().get(number);
      CatalogueItem record = data.catalogue().get(item);
      if (record != null) {
        ContentFeatures.Row row = features.of(record, data.content().get(item));
        int n = likes.columnLength(number);
        regression.add(
            row.indices(),
            row.values(),
            row.n(),
            n / (n + HALF_WEIGHT),
            targets(placer, likes, number));
      }
    }
    return this;
  }

  private float[] targets(ItemPlacer placer, Interactions likes, int number) {
    int length = factors.rank() + 1;
    float[] targets = new float[targetRidges.length * length];
    for (int kind = 0; kind < targetRidges.length; kind++) {
      float[] target = placer.target(likes, number, targetRidges[kind]);
      System.arraycopy(target, 0, targets, kind * length, length);
    }
    return targets;
  }

  /** One for each kind of targets; no item is placed yet. O(features^3). */
  List<Projection> solve(double lambda) {
    float[] all = regression.solve(features.penalty(lambda));
    int length = factors.rank() + 1;
    List<Projection> projections = new ArrayList<>();
    for (int kind = 0; kind < targetRidges.length; kind++) {
      float[] weights = new float[features.size() * length];
      for (int feature = 0; feature < features.size(); feature++) {
        System.arraycopy(
            all,
            (feature * targetRidges.length + kind) * length,
            weights,
            feature * length,
            length);
      }
      projections.add(
          new Projection(
              factors.domain(),
              factors.rank(),
              features,
              weights,
              ProjectionQuality.unmeasured(lambda, targetRidges[kind]),
              PlacedItems.NONE));
    }
    return projections;
  }
}
