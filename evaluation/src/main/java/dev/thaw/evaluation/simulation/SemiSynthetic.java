package dev.thaw.evaluation.simulation;

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
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.metrics.Interval;
import dev.thaw.models.training.RowTasks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Worlds made of real ratings. Rewards are what users said of items, and where they said nothing
 * what a biased factorisation of half of the ratings expects, trained by gradient descent. What
 * policies know is another thing of other data: factors of implicit ALS on the other half's likes,
 * and a kernel ridge from items' words into these. Immutable, thread-safe.
 */
public final class SemiSynthetic {
  /** Of content, that worlds are made with, see {@link Likings#withContent}. */
  public static final List<Double> STRENGTHS = List.of(0.0, 0.25, 0.5, 1.0);

  /** Visits a day; of new items a day comes one for each four dozen. */
  private static final int VISITS = 500;

  private static final int PER_DAY = 12;
  private static final int DAYS = 28;
  private static final int DRAWS = 200;
  private static final int REFRESH = 10;

  private final Likings likings;
  private final KnownSide known;
  private final Map<ItemId, CatalogueItem> catalogue;
  private final int threads;

  private SemiSynthetic(
      Likings likings, KnownSide known, Map<ItemId, CatalogueItem> catalogue, int threads) {
    this.likings = likings;
    this.known = known;
    this.catalogue = Map.copyOf(catalogue);
    this.threads = threads;
  }

  /**
   * @param ratings of one domain
   * @param catalogue its items as far as they are described: others are never new
   * @param seed of the halves and of both sides' models, each other numbers
   * @return empty if there are too few users or described items to make one of
   */
  public static Optional<SemiSynthetic> learn(
      Interactions ratings,
      RatingScale scale,
      Map<ItemId, CatalogueItem> catalogue,
      int threads,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Halves halves = Halves.of(ratings, random.nextLong());
    Optional<KnownSide> known =
        KnownSide.learn(halves.known(), scale, catalogue, threads, random.nextLong());
    return known
        .filter(side -> side.fresh().length >= PER_DAY && halves.truth().size() > 0)
        .map(
            side ->
                new SemiSynthetic(
                    Likings.learn(halves, scale, random.nextLong()), side, catalogue, threads));
  }

  private Likings likings(OptionalDouble strength, long seed) {
    return strength.isPresent()
        ? likings.withContent(catalogue, strength.getAsDouble(), seed)
        : likings;
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
  public Seeding firstWeek(OptionalDouble strength, Showing showing, int seeds, long seed) {
    double[] content = rates(strength, showing, true, seeds, seed);
    double[] other = rates(strength, showing, false, seeds, seed);
    return new Seeding(
        Bootstrap.DEFAULT.mean(content, new SplittableRandom(seed)),
        Bootstrap.DEFAULT.mean(other, new SplittableRandom(seed)),
        Bootstrap.DEFAULT.relativeDifference(content, other, new SplittableRandom(seed)));
  }

  private double[] rates(
      OptionalDouble strength, Showing showing, boolean byContent, int seeds, long seed) {
    Contender<DiscountedSnapshot> contender =
        new Contender<>(
            showing.name(),
            world -> new CountLearner(world::knows, Fading.NONE),
            new Discounted(showing.policy()));
    double[] rates = new double[seeds];
    forEach(
        seeds,
        s ->
            rates[s] =
                new ClosedLoop(REFRESH, new int[0])
                    .run(
                        new FirstWeek(
                            likings(strength, seed + s),
                            known,
                            byContent,
                            PER_DAY,
                            VISITS,
                            seed + s),
                        contender,
                        seed + s)
                    .reward());
    return rates;
  }

  /**
   * What exploring slots are worth on a page of ten.
   *
   * @param slots that explore
   * @param engagement expected likes a visit, over the whole run
   * @param gain over none that explores, relative, over the whole run
   * @param firstWeek the same in the first seven days, where it costs
   * @param breakEven first day, from 1, from which on the sum of likes stays at or above that
   *     without exploring, in the mean of the seeds; 0 if there is none
   */
  public record Exploring(
      int slots, Interval engagement, Interval gain, Interval firstWeek, int breakEven) {}

  /** For none, one and two slots; see {@link ExploringSlots}. */
  public List<Exploring> exploring(OptionalDouble strength, int seeds, long seed) {
    return exploring(strength, seeds, seed, VISITS);
  }

  /**
   * @param visits a day
   */
  List<Exploring> exploring(OptionalDouble strength, int seeds, long seed, int visits) {
    ExploringSlots page = new ExploringSlots(likings(strength, seed), known, DAYS, visits);
    double[][][] runs = new double[3][seeds][];
    forEach(3 * seeds, r -> runs[r % 3][r / 3] = page.run(r % 3, seed + r / 3));
    return Stream.of(0, 1, 2).map(slots -> exploring(slots, runs, seed)).toList();
  }

  private static Exploring exploring(int slots, double[][][] runs, long seed) {
    return new Exploring(
        slots,
        Bootstrap.DEFAULT.mean(perVisit(runs[slots], DAYS), new SplittableRandom(seed)),
        gain(slots, runs, DAYS, seed),
        gain(slots, runs, 7, seed),
        breakEven(runs[slots], runs[0]));
  }

  private static Interval gain(int slots, double[][][] runs, int days, long seed) {
    return Bootstrap.DEFAULT.relativeDifference(
        perVisit(runs[slots], days), perVisit(runs[0], days), new SplittableRandom(seed));
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

  private interface Run {
    void of(int number);
  }

  private void forEach(int runs, Run run) {
    try (RowTasks tasks = new RowTasks(threads, 1)) {
      tasks.forEach(runs, () -> run, (each, number) -> each.of(number));
    }
  }
}
