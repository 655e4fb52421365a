package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmPriors;
import dev.thaw.models.bandit.Contexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Items that nobody has seen before come day by day, and each visitor is shown one of those that
 * are less than a week old. Arms have the priors that serving gives them, by their place in the
 * order of the vectors that they started from. So the mean reward of a run is the click-through
 * rate of new items in their first week.
 */
final class FirstWeek implements World {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int WEEK = 7;

  /** Impressions from which the platform's own click-through rate is known. */
  private static final int SAMPLED = 2_000;

  /** Share of the visitors who look at the slot at all. */
  static final double ATTENTION = 0.2;

  private final Likings likings;
  private final KnownSide known;

  /** Whose content's vector a new item starts from. */
  private final int[] startsFrom;

  private final Nature nature;
  private final int perDay;
  private final int days;
  private final int visits;
  private final double[] assumed;
  private final int[] numbers;

  /** New items in the order in which they come. */
  private final int[] order;

  private final List<ItemId> ids;
  private final Set<ItemId> arms;

  /**
   * @param byContent whether new items start from their own content's vector or from that of
   *     another new item at random, so that both kinds are spread alike
   * @param priors what rate is assumed of each
   * @param catalogue of the items that are described
   * @param perDay new items a day
   * @param visits a day
   */
  FirstWeek(
      Likings likings,
      KnownSide known,
      boolean byContent,
      NewItemPriors priors,
      Map<ItemId, CatalogueItem> catalogue,
      int perDay,
      int visits,
      long seed) {
    this.likings = likings;
    this.known = known;
    this.nature = Nature.ofWorld(seed);
    this.perDay = perDay;
    this.numbers = known.fresh();
    this.days = numbers.length / perDay;
    this.visits = visits;
    if (days < 1) {
      throw new IllegalArgumentException(
          "new items a day must be at most " + numbers.length + ", were " + perDay);
    }
    int[] all = IntStream.range(0, numbers.length).toArray();
    this.startsFrom = byContent ? all : Orders.shuffled(all, nature.of(-4, -4));
    this.order = Orders.shuffled(all, nature.of(-2, -2));
    this.ids = IntStream.of(numbers).mapToObj(item -> new ItemId("item-" + item)).toList();
    this.arms = new HashSet<>(ids);
    this.assumed =
        priors.rates(
            likings, known, catalogue, baseRate(nature.of(-3, -3)), ATTENTION, nature.of(-5, -5));
  }

  /** Clicks on items that are not new, as the platform's own log has them. */
  private double baseRate(SplittableRandom sampling) {
    Set<Integer> fresh = IntStream.of(numbers).boxed().collect(Collectors.toSet());
    int clicks = 0;
    int shown = 0;
    while (shown < SAMPLED) {
      int item = sampling.nextInt(known.items());
      if (!fresh.contains(item)) {
        int user = known.user(sampling.nextInt(known.visitors()));
        clicks += sampling.nextDouble() < ATTENTION * likings.chance(user, item) ? 1 : 0;
        shown++;
      }
    }
    return (double) clicks / shown;
  }

  @Override
  public int rounds() {
    return days * visits;
  }

  @Override
  public int dimension() {
    return 0;
  }

  @Override
  public boolean knows(ItemId arm) {
    return arms.contains(arm);
  }

  @Override
  public Duration settledAfter() {
    return DAY.dividedBy(visits);
  }

  private record Scored(int item, float score) {}

  @Override
  public Visit visit(int round) {
    int day = round / visits;
    int visitor = nature.of(round, -1).nextInt(known.visitors());
    List<Scored> there = new ArrayList<>();
    for (int at = Math.max(0, day - WEEK + 1) * perDay; at < (day + 1) * perDay; at++) {
      there.add(new Scored(order[at], known.score(visitor, startsFrom[order[at]])));
    }
    there.sort(
        Comparator.comparingDouble((Scored each) -> -each.score).thenComparing(Scored::item));
    List<Arm> eligible = new ArrayList<>(there.size());
    double[] chances = new double[there.size()];
    for (int rank = 0; rank < chances.length; rank++) {
      int item = there.get(rank).item;
      eligible.add(
          new Arm(
              ids.get(item),
              ArmPriors.DEFAULT.ranked(assumed[item], 1 - (double) rank / chances.length)));
      chances[rank] = ATTENTION * likings.chance(known.user(visitor), numbers[item]);
    }
    return new Visit(round * DAY.toMillis() / visits, eligible, Contexts.NONE, chances, false);
  }
}
