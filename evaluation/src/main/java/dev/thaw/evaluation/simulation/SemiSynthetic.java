package dev.thaw.evaluation.simulation;

import dev.thaw.evaluation.runs.SeededRuns;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Worlds made of real ratings. Rewards are what users said of items, and where they said nothing
 * what a biased factorisation of half of the ratings expects, trained by gradient descent. What
 * policies know is another thing of other data: factors of implicit ALS on the other half's likes,
 * and a kernel ridge from items' words into these. Each seed has halves, models and new items of
 * its own. Immutable, thread-safe.
 */
public final class SemiSynthetic {
  /** Of content, that worlds are made with, see {@link Likings#withContent}. */
  public static final List<Double> STRENGTHS = List.of(0.0, 0.25, 0.5, 1.0);

  /** Visits a day; of new items a day comes one for each four dozen. */
  static final int VISITS = 500;

  static final int PER_DAY = 12;
  private static final int DAYS = 28;
  private static final int WEEK = 7;

  /** Exploring slots that are tried. */
  private static final int MOST = 2;

  /**
   * What one seed is.
   *
   * @param likings what is so
   * @param known what the system knows
   */
  record Split(Likings likings, KnownSide known, long seed) {
    Likings likings(OptionalDouble strength, Map<ItemId, CatalogueItem> catalogue) {
      return strength.isPresent()
          ? likings.withContent(catalogue, strength.getAsDouble(), seed)
          : likings;
    }
  }

  private final List<Split> splits;
  private final Map<ItemId, CatalogueItem> catalogue;
  private final int threads;

  private SemiSynthetic(List<Split> splits, Map<ItemId, CatalogueItem> catalogue, int threads) {
    this.splits = List.copyOf(splits);
    this.catalogue = Map.copyOf(catalogue);
    this.threads = threads;
  }

  /** Sees how many seeds are learned. */
  @FunctionalInterface
  public interface Listener {
    void learned(int seeds);
  }

  /**
   * @param ratings of one domain
   * @param catalogue its items as far as they are described: others are never new
   * @param seeds at least 1
   * @param seed the first one
   * @return empty if there are too few users or described items to make a world of
   */
  public static Optional<SemiSynthetic> learn(
      Interactions ratings,
      RatingScale scale,
      Map<ItemId, CatalogueItem> catalogue,
      int threads,
      int seeds,
      long seed,
      Listener listener) {
    List<Split> splits = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      SplittableRandom random = Nature.ofWorld(seed + s).of(-1, -1);
      Halves halves = Halves.of(ratings, random.nextLong());
      Optional<KnownSide> known =
          KnownSide.learn(halves.known(), scale, catalogue, threads, random.nextLong());
      if (known.isEmpty() || known.get().fresh().length < PER_DAY || halves.truth().size() == 0) {
        return Optional.empty();
      }
      splits.add(new Split(Likings.learn(halves, scale, random.nextLong()), known.get(), seed + s));
      listener.learned(s + 1);
    }
    return Optional.of(new SemiSynthetic(splits, catalogue, threads));
  }

  /** What new items earn in their first week. */
  public FirstWeekStudy firstWeeks() {
    return new FirstWeekStudy(splits, catalogue, threads);
  }

  private SplittableRandom resampling() {
    return new SplittableRandom(splits.get(0).seed);
  }

  /**
   * What exploring slots are worth on a page of ten.
   *
   * @param slots that explore
   * @param engagement expected likes a visit, over the whole run
   * @param gain over a page of ranking alone, relative, over the whole run
   * @param ofNewItems gain over the same bandit without new items to draw, which tells what
   *     exploring is worth from what other items in the first places are
   * @param firstWeek gain over ranking alone in the first seven days, where exploring costs
   * @param breakEven first day, from 1, from which on the sum of likes stays at or above that of
   *     ranking alone, in the mean of the seeds; 0 if there is none
   */
  public record Exploring(
      int slots,
      Interval engagement,
      Interval gain,
      Interval ofNewItems,
      Interval firstWeek,
      int breakEven) {}

  /** For one and two slots, by the ratings as they are; see {@link ExploringSlots}. */
  public List<Exploring> exploring() {
    return exploring(VISITS);
  }

  /**
   * @param visits a day
   */
  List<Exploring> exploring(int visits) {
    int kinds = 2 * MOST + 1;
    List<double[]> runs =
        SeededRuns.each(
            kinds * splits.size(),
            threads,
            r -> {
              Split split = splits.get(r / kinds);
              int kind = r % kinds;
              return new ExploringSlots(split.likings, split.known, DAYS, visits)
                  .run((kind + 1) / 2, kind % 2 == 1, split.seed);
            },
            done -> {});
    IntFunction<double[][]> ofKind =
        kind ->
            IntStream.range(0, splits.size())
                .mapToObj(s -> runs.get(s * kinds + kind))
                .toArray(double[][]::new);
    return IntStream.rangeClosed(1, MOST)
        .mapToObj(
            slots ->
                exploring(
                    slots, ofKind.apply(2 * slots - 1), ofKind.apply(2 * slots), ofKind.apply(0)))
        .toList();
  }

  private Exploring exploring(
      int slots, double[][] exploring, double[][] withoutNew, double[][] ranking) {
    return new Exploring(
        slots,
        Bootstrap.DEFAULT.mean(perVisit(exploring, DAYS), resampling()),
        gain(exploring, ranking, DAYS),
        gain(exploring, withoutNew, DAYS),
        gain(exploring, ranking, WEEK),
        breakEven(exploring, ranking));
  }

  private Interval gain(double[][] of, double[][] over, int days) {
    return Bootstrap.DEFAULT.relativeDifference(
        perVisit(of, days), perVisit(over, days), resampling());
  }

  private static double[] perVisit(double[][] bySeed, int days) {
    return Arrays.stream(bySeed)
        .mapToDouble(run -> Arrays.stream(run, 0, days).average().orElseThrow())
        .toArray();
  }

  private static int breakEven(double[][] exploring, double[][] none) {
    double ahead = 0;
    int since = 0;
    for (int day = 0; day < DAYS; day++) {
      int at = day;
      ahead +=
          IntStream.range(0, none.length).mapToDouble(s -> exploring[s][at] - none[s][at]).sum();
      if (ahead < 0) {
        since = 0;
      } else if (since == 0) {
        since = day + 1;
      }
    }
    return since;
  }
}
