package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.kernel.KernelRidge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Kernel ridge regression from what items are onto several kinds of targets in the factor space,
 * {@code C = (K + lambda I)^-1 (Y - mean)}. Of more than {@value #MAX_ITEMS} items the most liked
 * ones are learned from.
 */
final class ProjectionRegression {
  /** Bounds the time of a solution, of a projection and the size of the model. */
  static final int MAX_ITEMS = 4_000;

  private final FactorModel factors;
  private final double[] targetRidges;
  private final ContentKernel kernel;
  private final DMatrixRMaj matrix;
  private final DMatrixRMaj targets;
  private final double[] mean;

  /**
   * @param placer of the same factors
   * @param items with a record, by number
   * @param threads change nothing but the time
   * @param targetRidges see {@link ItemPlacer#target}
   */
  ProjectionRegression(
      ProjectionData data,
      FactorModel factors,
      ContentFeatures features,
      ItemPlacer placer,
      int[] items,
      int threads,
      double... targetRidges) {
    this.factors = factors;
    this.targetRidges = targetRidges.clone();
    Interactions likes = data.interactions();
    int[] learned = mostLiked(likes, items);
    this.kernel =
        new ContentKernel(
            features,
            Arrays.stream(learned)
                .mapToObj(
                    number -> {
                      ItemId item = likes.items().get(number);
                      CatalogueItem record = Objects.requireNonNull(data.catalogue().get(item));
                      return features.of(record, data.content().get(item));
                    })
                .toList());
    this.matrix = kernel.matrix(threads);
    this.targets = targets(placer, likes, learned);
    this.mean = new double[targets.numCols];
    centre();
  }

  /** Of a target: {@code [q; b]} and log(1 + likes), of as long a life as the domain's. */
  private int length() {
    return factors.rank() + 2;
  }

  private static int[] mostLiked(Interactions likes, int[] items) {
    return Arrays.stream(items)
        .boxed()
        .sorted(Comparator.comparingInt((Integer item) -> -likes.columnLength(item)))
        .limit(MAX_ITEMS)
        .mapToInt(item -> item)
        .toArray();
  }

  private DMatrixRMaj targets(ItemPlacer placer, Interactions likes, int[] items) {
    DMatrixRMaj all = new DMatrixRMaj(items.length, targetRidges.length * length());
    Exposure exposure = Exposure.of(likes);
    double mean = Arrays.stream(items).map(likes::columnLength).average().orElse(1);
    int to = 0;
    for (int number : items) {
      for (double ridge : targetRidges) {
        for (float value : placer.target(likes, number, ridge)) {
          all.data[to++] = value;
        }
        all.data[to++] =
            Math.log1p(exposure.seen(number, likes.columnLength(number)).expected(mean));
      }
    }
    return all;
  }

  private void centre() {
    for (int at = 0; at < targets.data.length; at++) {
      mean[at % mean.length] += targets.data[at] / targets.numRows;
    }
    for (int at = 0; at < targets.data.length; at++) {
      targets.data[at] -= mean[at % mean.length];
    }
  }

  /**
   * One for each kind of targets; no item is placed yet. O(items^3).
   *
   * @throws ArithmeticException if lambda is too small for the kernel to be positive definite
   */
  List<Projection> solve(double lambda) {
    DMatrixRMaj all = new DMatrixRMaj(targets.numRows, targets.numCols);
    KernelRidge.solver(matrix, lambda).solve(targets, all);
    int length = length();
    List<Projection> projections = new ArrayList<>();
    for (int kind = 0; kind < targetRidges.length; kind++) {
      int from = kind * length;
      DMatrixRMaj coefficients = CommonOps_DDRM.extract(all, 0, all.numRows, from, from + length);
      projections.add(
          new Projection(
              factors.domain(),
              factors.rank(),
              kernel,
              FloatArrays.rounded(coefficients.data),
              FloatArrays.rounded(Arrays.copyOfRange(mean, from, from + length)),
              ProjectionQuality.unmeasured(lambda, targetRidges[kind]),
              PlacedItems.NONE));
    }
    return projections;
  }
}
