package dev.thaw.serving.snapshot;

import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.ArmPriors;
import dev.thaw.models.bandit.BetaPrior;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.catalogue.ServedItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Popularity lists and the catalogue to {@link DomainRanks}. O(n log n) in the items. */
final class RanksBuilder {
  static final int MAX_NEWCOMERS = 100;

  /** Interactions from which an item's own vector counts as much as its content. */
  private static final int PROVEN = 50;

  private final DomainCatalogue catalogue;
  private final long version;
  private final int size;

  RanksBuilder(DomainCatalogue catalogue) {
    this.catalogue = catalogue;
    this.version = catalogue.version();
    this.size = catalogue.size();
  }

  DomainRanks build(
      PopularityList everyone,
      Map<String, PopularityList> segments,
      long[] interactions,
      Posteriors posteriors) {
    float[] popularity = new float[size];
    for (int i = 0; i < everyone.ids().size(); i++) {
      ServedItem item = catalogue.find(everyone.ids().get(i));
      if (item != null && item.number() < size) {
        popularity[item.number()] = (float) everyone.score(i);
      }
    }
    int[] order = order(popularity, interactions);
    Map<String, int[]> bySegment = new HashMap<>();
    segments.forEach((segment, list) -> bySegment.put(segment, numbers(list)));
    return new DomainRanks(
        catalogue,
        version,
        order,
        bySegment,
        categories(order),
        newcomers(order, popularity, interactions, posteriors.all()),
        popularity,
        interactions,
        posteriors);
  }

  private int[] order(float[] popularity, long[] interactions) {
    Integer[] numbers = new Integer[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (catalogue.get(i).eligible()) {
        numbers[n++] = i;
      }
    }
    Integer[] eligible = Arrays.copyOf(numbers, n);
    Arrays.sort(
        eligible,
        Comparator.<Integer>comparingDouble(i -> -popularity[i])
            .thenComparingLong(i -> i < interactions.length ? -interactions[i] : 0)
            .thenComparing(i -> catalogue.get(i).record().time(), Comparator.reverseOrder())
            .thenComparing(i -> catalogue.get(i).id()));
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = eligible[i];
    }
    return order;
  }

  private int[] numbers(PopularityList list) {
    return list.ids().stream()
        .map(catalogue::find)
        .filter(item -> item != null && item.eligible() && item.number() < size)
        .mapToInt(ServedItem::number)
        .toArray();
  }

  private Map<String, int[]> categories(int[] order) {
    Map<String, int[]> lists = new HashMap<>();
    Map<String, Integer> used = new HashMap<>();
    for (int number : order) {
      for (String category : catalogue.get(number).categories()) {
        int at = used.merge(category, 1, Integer::sum) - 1;
        int[] list = lists.computeIfAbsent(category, c -> new int[8]);
        if (at == list.length) {
          list = Arrays.copyOf(list, at * 2);
          lists.put(category, list);
        }
        list[at] = number;
      }
    }
    used.forEach(
        (category, length) -> lists.computeIfPresent(category, (c, l) -> Arrays.copyOf(l, length)));
    return lists;
  }

  /**
   * Items without metadata that nothing else would show: those without any interaction, and those
   * that exploration has found somebody for, until there is enough to learn from. What has earned
   * most, under the prior of such items, comes first, then what came last.
   */
  private int[] newcomers(
      int[] order, float[] popularity, long[] interactions, PosteriorSnapshot posteriors) {
    List<ServedItem> found = new ArrayList<>();
    for (int number : order) {
      ServedItem item = catalogue.get(number);
      long known = number < interactions.length ? interactions[number] : 0;
      boolean untouched = popularity[number] == 0 && DomainRanks.isUntouched(number, interactions);
      boolean promising = known < PROVEN && posteriors.of(item.id()).rewards() > 0;
      if (item.withoutMetadata() && (untouched || promising)) {
        found.add(item);
      }
    }
    BetaPrior prior = ArmPriors.DEFAULT.withoutMetadata(DomainRanks.rewardRate(posteriors));
    found.sort(
        Comparator.comparingDouble((ServedItem item) -> -expected(posteriors.of(item.id()), prior))
            .thenComparing(item -> item.record().time(), Comparator.reverseOrder()));
    return found.stream().limit(MAX_NEWCOMERS).mapToInt(ServedItem::number).toArray();
  }

  private static double expected(ArmEvidence evidence, BetaPrior prior) {
    return (prior.alpha() + evidence.rewards())
        / (prior.alpha() + prior.beta() + evidence.impressions());
  }
}
