package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.RidgeRegression;
import dev.thaw.models.training.Trainer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Ridge regression from content and attributes into the factor space, in closed form. An item with
 * n interactions weighs {@code n / (n + }{@value #HALF_WEIGHT}{@code )}, since factors of few
 * interactions are mostly regularisation. The ridge weight is chosen on items held out of the
 * regression and of factors trained anew for it, each user ranking only those. What it reaches is
 * measured on other items held out likewise, beside content neighbours and chance. Then all items
 * are used.
 */
public final class ProjectionTrainer implements Trainer<ProjectionData, Projection> {
  private static final double HALF_WEIGHT = 20;
  private static final double[] LAMBDAS = {1, 3, 10, 30, 100};
  private static final double HELD_OUT = 0.2;

  /** With fewer trained items there is nothing to choose by. */
  private static final int MIN_ITEMS = 50;

  private static final double LAMBDA_OF_FEW = 10;

  /** Of the factors that have not seen the held-out items. */
  private static final int SWEEPS = 4;

  private final int threads;

  /** With one thread. */
  public ProjectionTrainer() {
    this(1);
  }

  /**
   * @param threads of the training of factors; changes nothing but the time
   */
  public ProjectionTrainer(int threads) {
    this.threads = threads;
  }

  @Override
  public Projection fit(ProjectionData data, RandomGenerator random) {
    FactorModel factors = data.factors();
    Optional<Embedding> content =
        data.content().entrySet().stream()
            .min(Comparator.comparing(each -> each.getKey()))
            .map(each -> each.getValue());
    ContentFeatures features =
        ContentFeatures.learn(
            data.catalogue().values(),
            content.map(each -> each.space().key()).orElse(""),
            content.map(Embedding::dimension).orElse(0));
    int[] trained = trainedItems(data);
    if (trained.length == 0) {
      throw new IllegalArgumentException(
          "projection of " + factors.domain() + " needs items with factors and a catalogue record");
    }
    ProjectionQuality quality =
        trained.length < MIN_ITEMS
            ? ProjectionQuality.unmeasured(LAMBDA_OF_FEW)
            : choose(data, features, trained, random);
    float[] weights =
        regression(data, features, trained, new BitSet()).solve(features.penalty(quality.lambda()));
    return new Projection(factors.domain(), factors.rank(), features, weights, quality);
  }

  /** Numbers of items with interactions and a catalogue record. */
  private static int[] trainedItems(ProjectionData data) {
    Interactions all = data.interactions();
    List<Integer> trained = new ArrayList<>();
    for (int i = 0; i < all.items().size(); i++) {
      ItemId item = all.items().get(i);
      if (all.columnLength(i) > 0
          && data.catalogue().containsKey(item)
          && data.factors().items().indexOf(item) >= 0) {
        trained.add(i);
      }
    }
    return trained.stream().mapToInt(i -> i).toArray();
  }

  private ProjectionQuality choose(
      ProjectionData data, ContentFeatures features, int[] trained, RandomGenerator random) {
    Parts parts = Parts.draw(trained, random);
    BitSet heldOut = parts.heldOut();
    Interactions others = data.interactions().ofItems(item -> !heldOut.get(item));
    FactorModel factors = FactorTrainers.like(data.factors(), SWEEPS, threads).fit(others, random);
    HeldOutItems choosing = new HeldOutItems(data, factors, heldOut, parts.choosing);
    RidgeRegression regression =
        regression(
            new ProjectionData(data.interactions(), factors, data.catalogue(), data.content()),
            features,
            trained,
            heldOut);
    double best = -1;
    double bestLambda = LAMBDA_OF_FEW;
    for (double lambda : LAMBDAS) {
      double ndcg = choosing.ndcg(projection(regression, factors, features, lambda));
      if (ndcg > best) {
        best = ndcg;
        bestLambda = lambda;
      }
    }
    HeldOutItems measuring = new HeldOutItems(data, factors, heldOut, parts.measuring);
    return new ProjectionQuality(
        bestLambda,
        measuring.ndcg(projection(regression, factors, features, bestLambda)),
        measuring.ndcgOfContent(),
        measuring.ndcgOfChance(random),
        parts.measuring.cardinality());
  }

  /**
   * Items held out in two parts, since the best of several figures on the items that chose it is
   * too high a figure.
   */
  record Parts(BitSet choosing, BitSet measuring) {
    static Parts draw(int[] items, RandomGenerator random) {
      Parts parts = new Parts(new BitSet(), new BitSet());
      boolean chooses = true;
      for (int item : items) {
        if (random.nextDouble() < HELD_OUT) {
          (chooses ? parts.choosing : parts.measuring).set(item);
          chooses = !chooses;
        }
      }
      return parts;
    }

    BitSet heldOut() {
      BitSet both = (BitSet) choosing.clone();
      both.or(measuring);
      return both;
    }
  }

  private static Projection projection(
      RidgeRegression regression, FactorModel factors, ContentFeatures features, double lambda) {
    return new Projection(
        factors.domain(),
        factors.rank(),
        features,
        regression.solve(features.penalty(lambda)),
        ProjectionQuality.unmeasured(lambda));
  }

  private static RidgeRegression regression(
      ProjectionData data, ContentFeatures features, int[] trained, BitSet without) {
    Interactions all = data.interactions();
    RidgeRegression regression = new RidgeRegression(features.size(), data.factors().rank() + 1);
    for (int number : trained) {
      if (!without.get(number)) {
        ItemId item = all.items().get(number);
        CatalogueItem record = data.catalogue().get(item);
        float[] target = data.factors().indexVector(item);
        if (record != null && target != null) {
          ContentFeatures.Row row = features.of(record, data.content().get(item));
          int n = all.columnLength(number);
          regression.add(row.indices(), row.values(), row.n(), n / (n + HALF_WEIGHT), target);
        }
      }
    }
    return regression;
  }
}
