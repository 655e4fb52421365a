package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.NearestArms;
import dev.thaw.models.bandit.NearestArms.Near;
import dev.thaw.models.bandit.NeighbourPriors;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.catalogue.ServedItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which arms stand nearest to items with few impressions, where the factor model places them by
 * what they are and who likes them; and the rates that these neighbours' counts make. Neighbours
 * are looked for again where an item's row is another one, or one of them is gone; new arms are
 * compared with those that are there; else only counts are summed anew. What comes out depends on
 * rows and counts alone, not on what was there before. An item without metadata neither has nor is
 * a neighbour. Mutable; belongs to one thread.
 */
final class Neighbourhoods {
  private final DomainCatalogue catalogue;
  private final Set<Assignment> configurations;
  private final NeighbourPriors priors;
  private @Nullable ItemVectors vectors;

  /** Rows of the arms that neighbours are looked for among. */
  private SortedMap<ItemId, float[]> among = new TreeMap<>();

  private Map<ItemId, Found> found = new HashMap<>();

  /**
   * @param row of the item when they were looked for
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Found(float[] row, List<Near> near) {}

  /**
   * @param configurations whose priors are of neighbours; without any nothing is looked for
   */
  Neighbourhoods(
      DomainCatalogue catalogue, Set<Assignment> configurations, NeighbourPriors priors) {
    this.catalogue = catalogue;
    this.configurations = configurations;
    this.priors = priors;
  }

  /**
   * Goes over to the vectors of the active set.
   *
   * @return whether they are others
   */
  boolean follow(@Nullable ItemVectors now) {
    boolean changed = areWanted() && now != vectors;
    if (changed) {
      vectors = now;
      among = new TreeMap<>();
      found = new HashMap<>();
    }
    return changed;
  }

  /** Whether any policy wants them. */
  boolean areWanted() {
    return !configurations.isEmpty();
  }

  /**
   * O(items * arms * d) where all neighbours are looked for again, O(items * k) where none are.
   *
   * @param counted by configuration, {@link Assignment#NONE} for what all of them learned
   * @return of the configurations that want them
   */
  Map<Assignment, AssumedRates> rates(Map<Assignment, PosteriorSnapshot> counted) {
    if (!areWanted()) {
      return Map.of();
    }
    PosteriorSnapshot all = counted.getOrDefault(Assignment.NONE, PosteriorSnapshot.EMPTY);
    double base = DomainRanks.rewardRate(all);
    Map<ItemId, Found> nearby = look(all, counted);
    Map<Assignment, AssumedRates> rates = new HashMap<>();
    for (Assignment each : configurations) {
      rates.put(each, rates(base, nearby, counted.getOrDefault(each, all)));
    }
    return rates;
  }

  private AssumedRates rates(double base, Map<ItemId, Found> nearby, PosteriorSnapshot counts) {
    Map<ItemId, NeighbourPriors.Assumed> rates = new HashMap<>();
    int few = 0;
    int size = catalogue.size();
    for (int number = 0; number < size; number++) {
      ServedItem item = catalogue.get(number);
      if (item.eligible() && priors.concerns(counts.of(item.id()))) {
        few++;
        Found near = nearby.get(item.id());
        if (near != null) {
          priors
              .of(base, near.near(), counts::of)
              .ifPresent(assumed -> rates.put(item.id(), assumed));
        }
      }
    }
    return new AssumedRates(rates, few - rates.size());
  }

  /** Neighbours of the items that came last, among those that some configuration wants. */
  private Map<ItemId, Found> look(
      PosteriorSnapshot all, Map<Assignment, PosteriorSnapshot> counted) {
    ItemVectors now = vectors;
    if (now == null) {
      return Map.of();
    }
    followArms(now.rank(), most(now, all));
    NearestArms arms = NearestArms.of(now.rank(), among);
    Map<ItemId, Found> next = new HashMap<>();
    for (ServedItem item : newest(now, all, counted)) {
      float[] row = Objects.requireNonNull(row(now, item));
      Found before = found.get(item.id());
      next.put(
          item.id(),
          before != null && Arrays.equals(before.row(), row)
              ? before
              : new Found(row, arms.of(item.id(), row, priors.nearest())));
    }
    found = next;
    return next;
  }

  /** By their own times, so that all servers look at the same; of one time those first by id. */
  private List<ServedItem> newest(
      ItemVectors now, PosteriorSnapshot all, Map<Assignment, PosteriorSnapshot> counted) {
    List<ServedItem> concerned = new ArrayList<>();
    int size = catalogue.size();
    for (int number = 0; number < size; number++) {
      ServedItem item = catalogue.get(number);
      if (item.eligible() && row(now, item) != null && isConcerned(item.id(), all, counted)) {
        concerned.add(item);
      }
    }
    if (concerned.size() > priors.items()) {
      concerned.sort(
          Comparator.comparing((ServedItem item) -> item.record().time())
              .reversed()
              .thenComparing(ServedItem::id));
      concerned.subList(priors.items(), concerned.size()).clear();
    }
    return concerned;
  }

  private boolean isConcerned(
      ItemId item, PosteriorSnapshot all, Map<Assignment, PosteriorSnapshot> counted) {
    return configurations.stream()
        .anyMatch(each -> priors.concerns(counted.getOrDefault(each, all).of(item)));
  }

  private static float @Nullable [] row(ItemVectors vectors, ServedItem item) {
    return item.withoutMetadata() ? null : vectors.row(item.number());
  }

  private record Shown(ItemId arm, double impressions, float[] row) {}

  /** The arms with most impressions; of equal ones those first by id. */
  private SortedMap<ItemId, float[]> most(ItemVectors now, PosteriorSnapshot all) {
    List<Shown> shown = new ArrayList<>();
    for (Map.Entry<ItemId, ArmEvidence> each : all.evidence().entrySet()) {
      ServedItem item = catalogue.find(each.getKey());
      double impressions = each.getValue().impressions();
      float[] row = item == null || impressions == 0 ? null : row(now, item);
      if (row != null) {
        shown.add(new Shown(each.getKey(), impressions, row));
      }
    }
    shown.sort(
        Comparator.comparingDouble((Shown each) -> -each.impressions()).thenComparing(Shown::arm));
    SortedMap<ItemId, float[]> most = new TreeMap<>();
    shown.stream().limit(priors.arms()).forEach(each -> most.put(each.arm(), each.row()));
    return most;
  }

  /** Takes up other arms: what had one for a neighbour that is gone is to be looked at again. */
  private void followArms(int rank, SortedMap<ItemId, float[]> arms) {
    Set<ItemId> gone = notOf(arms, among).keySet();
    SortedMap<ItemId, float[]> come = notOf(among, arms);
    if (!gone.isEmpty()) {
      found
          .values()
          .removeIf(each -> each.near().stream().anyMatch(near -> gone.contains(near.arm())));
    }
    if (!come.isEmpty()) {
      NearestArms others = NearestArms.of(rank, come);
      found.replaceAll(
          (item, each) ->
              new Found(each.row(), others.with(each.near(), item, each.row(), priors.nearest())));
    }
    among = arms;
  }

  /** Those of the arms that the others have not, or with another row. */
  private static SortedMap<ItemId, float[]> notOf(
      SortedMap<ItemId, float[]> others, SortedMap<ItemId, float[]> arms) {
    SortedMap<ItemId, float[]> left = new TreeMap<>(arms);
    left.entrySet().removeIf(each -> Arrays.equals(each.getValue(), others.get(each.getKey())));
    return left;
  }
}
