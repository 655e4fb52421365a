package dev.thaw.evaluation.simulation;

import dev.thaw.evaluation.runs.SeededRuns;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.CountLearner;
import dev.thaw.models.bandit.Discounted;
import dev.thaw.models.bandit.DiscountedSnapshot;
import dev.thaw.models.bandit.Epsilon;
import dev.thaw.models.bandit.EpsilonGreedy;
import dev.thaw.models.bandit.ExplorationPolicy;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** New items come day by day, and each visitor is shown one of those of the last week. */
public final class FirstWeekStudy {
  private static final int DRAWS = 200;
  private static final int REFRESH = 10;

  private final List<SemiSynthetic.Split> splits;
  private final Map<ItemId, CatalogueItem> catalogue;
  private final int threads;

  FirstWeekStudy(
      List<SemiSynthetic.Split> splits, Map<ItemId, CatalogueItem> catalogue, int threads) {
    this.splits = splits;
    this.catalogue = catalogue;
    this.threads = threads;
  }

  /**
   * What starting new items from content is worth.
   *
   * @param content click-through rate of new items in their first week, mean over seeds
   * @param other the same of items that start from another new item's vector
   * @param lift of content over other, relative
   */
  public record Seeding(Interval content, Interval other, Interval lift) {}

  /** How new items are shown. */
  public enum Showing {
    /** The one with the highest mean of prior and rewards, priors being of the order of vectors. */
    GREEDY,
    /** By a Thompson bandit with these priors, as serving does. */
    THOMPSON;

    private ExplorationPolicy<PosteriorSnapshot> policy() {
      return this == GREEDY
          ? new EpsilonGreedy(new Epsilon.Fixed(0))
          : new BetaThompson(DRAWS, Contenders.SERVED_FLOOR);
    }
  }

  /**
   * New items come day by day, and each visitor is shown one of those of the last week.
   *
   * @param strength see {@link Likings#withContent}; empty for the ratings as they are
   */
  public Seeding seeding(OptionalDouble strength, Showing showing) {
    Contender<DiscountedSnapshot> contender = contender(showing);
    List<Rates> rates =
        SeededRuns.each(
            splits.size(),
            threads,
            s -> {
              SemiSynthetic.Split split = splits.get(s);
              Likings truth = split.likings(strength, catalogue);
              return new Rates(
                  rate(split, truth, true, contender), rate(split, truth, false, contender));
            },
            done -> {});
    double[] content = rates.stream().mapToDouble(Rates::content).toArray();
    double[] other = rates.stream().mapToDouble(Rates::other).toArray();
    return new Seeding(
        Bootstrap.DEFAULT.mean(content, resampling()),
        Bootstrap.DEFAULT.mean(other, resampling()),
        Bootstrap.DEFAULT.relativeDifference(content, other, resampling()));
  }

  private static Contender<DiscountedSnapshot> contender(Showing showing) {
    return new Contender<>(
        showing.name(),
        world -> new CountLearner(world::knows, Fading.NONE),
        new Discounted(showing.policy()));
  }

  /**
   * What a prior is worth.
   *
   * @param rate click-through rate of new items in their first week, mean over seeds
   * @param gain over the domain's rate for all, relative
   */
  public record Assuming(NewItemPriors priors, Interval rate, Interval gain) {}

  /**
   * New items that start from their content, under each prior.
   *
   * @param strength see {@link #seeding}
   */
  public List<Assuming> assuming(OptionalDouble strength, Showing showing) {
    NewItemPriors[] kinds = NewItemPriors.values();
    List<Double> rates =
        SeededRuns.each(
            kinds.length * splits.size(),
            threads,
            r -> {
              SemiSynthetic.Split split = splits.get(r / kinds.length);
              NewItemPriors priors = kinds[r % kinds.length];
              Likings truth = split.likings(strength, catalogue);
              return rate(split, truth, true, priors, catalogue, contender(showing));
            },
            done -> {});
    IntFunction<double[]> ofKind =
        kind ->
            IntStream.range(0, splits.size())
                .mapToDouble(s -> rates.get(s * kinds.length + kind))
                .toArray();
    return Arrays.stream(kinds)
        .map(
            kind -> {
              double[] own = ofKind.apply(kind.ordinal());
              return new Assuming(
                  kind,
                  Bootstrap.DEFAULT.mean(own, resampling()),
                  Bootstrap.DEFAULT.relativeDifference(
                      own, ofKind.apply(NewItemPriors.DOMAIN.ordinal()), resampling()));
            })
        .toList();
  }

  /** Click-through rates of one split. */
  private record Rates(double content, double other) {}

  private static double rate(
      SemiSynthetic.Split split,
      Likings truth,
      boolean byContent,
      Contender<DiscountedSnapshot> contender) {
    return rate(split, truth, byContent, NewItemPriors.SAMPLE, Map.of(), contender);
  }

  private static double rate(
      SemiSynthetic.Split split,
      Likings truth,
      boolean byContent,
      NewItemPriors priors,
      Map<ItemId, CatalogueItem> catalogue,
      Contender<DiscountedSnapshot> contender) {
    FirstWeek world =
        new FirstWeek(
            truth,
            split.known(),
            byContent,
            priors,
            catalogue,
            SemiSynthetic.PER_DAY,
            SemiSynthetic.VISITS,
            split.seed());
    return new ClosedLoop(REFRESH, new int[0]).run(world, contender, split.seed()).reward();
  }

  private SplittableRandom resampling() {
    return new SplittableRandom(splits.get(0).seed());
  }
}
