package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Trainer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Kernel ridge regression from content and attributes into the factor space, in closed form (see
 * {@link ProjectionRegression}). The ridge weight and what it is to hit are chosen on items held
 * out of the regression and of factors trained anew for it, each user ranking only those. What it
 * reaches is measured on other items held out likewise, beside content neighbours and chance, and
 * so is how firmly items are held at their projection. Then all items are used, and put in their
 * places.
 */
public final class ProjectionTrainer implements Trainer<ProjectionData, Projection> {
  private static final double[] LAMBDAS = {0.03, 0.1, 0.3, 1};

  /**
   * Candidates of {@link ItemPlacer#target}: as learned, and of a size that their products need.
   */
  private static final double[] TARGET_RIDGES = {1, 0.1, 0.03};

  private static final double HELD_OUT = 0.2;

  /** With fewer trained items there is nothing to choose by. */
  private static final int MIN_ITEMS = 50;

  private static final double LAMBDA_OF_FEW = 1;

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
    Choice choice =
        trained.length < MIN_ITEMS
            ? new Choice(ProjectionQuality.unmeasured(LAMBDA_OF_FEW, 1), PriorStrength.UNMEASURED)
            : choose(data, features, trained, random);
    ItemPlacer placer = ItemPlacer.of(factors, data.interactions(), choice.strength, threads);
    Projection projection =
        new ProjectionRegression(
                data, factors, features, placer, trained, threads, choice.quality.targetRidge())
            .solve(choice.quality.lambda())
            .get(0);
    return projection.with(
        choice.quality,
        placer.all(data.interactions(), item -> project(projection, data, item), threads));
  }

  private record Choice(ProjectionQuality quality, PriorStrength strength) {}

  private static @Nullable Projected project(
      Projection projection, ProjectionData data, ItemId item) {
    CatalogueItem record = data.catalogue().get(item);
    return record == null ? null : projection.projected(record, data.content().get(item));
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

  private Choice choose(
      ProjectionData data, ContentFeatures features, int[] trained, RandomGenerator random) {
    Parts parts = Parts.draw(trained, random);
    BitSet heldOut = parts.heldOut();
    Interactions others = data.interactions().ofItems(item -> !heldOut.get(item));
    FactorModel factors = FactorTrainers.like(data.factors(), SWEEPS, threads).fit(others, random);
    ItemPlacer placer = ItemPlacer.of(factors, others, PriorStrength.UNMEASURED, threads);
    HeldOutItems choosing = new HeldOutItems(data, factors, heldOut, parts.choosing, random);
    HeldOutItems measuring = new HeldOutItems(data, factors, heldOut, parts.measuring, random);
    ProjectionRegression regression =
        new ProjectionRegression(
            data,
            factors,
            features,
            placer,
            IntStream.of(trained).filter(i -> !heldOut.get(i)).toArray(),
            threads,
            TARGET_RIDGES);
    Projection best = best(regression, choosing);
    ProjectionQuality quality =
        new ProjectionQuality(
            best.quality().lambda(),
            best.quality().targetRidge(),
            measuring.ndcg(best),
            measuring.ndcgOfContent(),
            measuring.ndcgOfChance(random),
            parts.measuring.cardinality());
    return new Choice(quality, PriorStrength.choose(choosing, measuring, best, placer, threads));
  }

  private static Projection best(ProjectionRegression regression, HeldOutItems choosing) {
    Projection best = null;
    double highest = -1;
    for (double lambda : LAMBDAS) {
      for (Projection candidate : regression.solve(lambda)) {
        double ndcg = choosing.ndcg(candidate);
        if (best == null || ndcg > highest) {
          highest = ndcg;
          best = candidate;
        }
      }
    }
    return Objects.requireNonNull(best);
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
}
