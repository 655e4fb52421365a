package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.NeighbourPriors.Assumed;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.linear.ArmsSnapshot;
import dev.thaw.serving.catalogue.DomainCatalogue;
import dev.thaw.serving.catalogue.ServedItem;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Who is popular in a domain, ready to be walked. All lists hold dense item numbers, most popular
 * first. Items that were not eligible when it was made are left out; whoever walks checks again.
 * Immutable; the arrays are not copied and must not be changed.
 */
public final class DomainRanks {
  /** Interactions from which an item is not new to everybody. */
  private static final int TOUCHED = 5;

  private static final int[] NONE = {};

  private final DomainCatalogue catalogue;
  private final int[] everyone;
  private final Map<String, int[]> bySegment;
  private final Map<String, int[]> byCategory;
  private final int[] newcomers;
  private final float[] popularity;
  private final long[] interactions;
  private final int size;
  private final int[] ranks;
  private final Posteriors posteriors;
  private final double rewardRate;
  private final long catalogueVersion;

  /**
   * @param catalogueVersion of the catalogue before any of it was read for this
   */
  DomainRanks(
      DomainCatalogue catalogue,
      long catalogueVersion,
      int[] everyone,
      Map<String, int[]> bySegment,
      Map<String, int[]> byCategory,
      int[] newcomers,
      float[] popularity,
      long[] interactions,
      Posteriors posteriors) {
    this.catalogue = catalogue;
    this.catalogueVersion = catalogueVersion;
    this.everyone = everyone;
    this.bySegment = Map.copyOf(bySegment);
    this.byCategory = Map.copyOf(byCategory);
    this.newcomers = newcomers;
    this.popularity = popularity;
    this.interactions = interactions;
    this.size = popularity.length;
    this.posteriors = posteriors;
    this.rewardRate = rewardRate(posteriors.all());
    this.ranks = new int[size];
    Arrays.fill(ranks, Integer.MAX_VALUE);
    for (int i = 0; i < everyone.length; i++) {
      ranks[everyone[i]] = i;
    }
  }

  /** Of what the bandit showed, drawn towards one in twenty. */
  public static double rewardRate(PosteriorSnapshot posteriors) {
    double rewards = 5;
    double impressions = 100;
    for (ArmEvidence each : posteriors.evidence().values()) {
      rewards += each.rewards();
      impressions += each.impressions();
    }
    return rewards / impressions;
  }

  static DomainRanks empty(DomainCatalogue catalogue, Posteriors posteriors) {
    return new DomainRanks(
        catalogue, -1, NONE, Map.of(), Map.of(), NONE, new float[0], new long[0], posteriors);
  }

  public DomainCatalogue catalogue() {
    return catalogue;
  }

  /** Whether no item has come or changed since this was made. */
  public boolean isOfNow() {
    return catalogue.version() == catalogueVersion;
  }

  /** Every eligible item: by popularity, then those nobody has touched yet, newest first. */
  public int[] everyone() {
    return everyone;
  }

  /** Top items of a segment; empty if it has no list of its own. */
  public int[] segment(String segment) {
    return bySegment.getOrDefault(segment, NONE);
  }

  /** Eligible items of a category, in the order of {@link #everyone}. */
  public int[] category(String category) {
    return byCategory.getOrDefault(category, NONE);
  }

  /**
   * Items without metadata that nobody came to, or that exploration has just found somebody for:
   * only showing them tells more. Those that have earned most first, then the newest.
   */
  public int[] newcomers() {
    return newcomers;
  }

  /** Items with a number from here on came after this snapshot. */
  public int size() {
    return size;
  }

  /** Place in {@link #everyone}; the last of all if it is not there. */
  public int rank(int number) {
    return number < size ? ranks[number] : Integer.MAX_VALUE;
  }

  /** Decayed interactions, 0 if none or unknown. */
  public float popularity(int number) {
    return number < size ? popularity[number] : 0;
  }

  /** Interactions ever, 0 if none or unknown. */
  public long interactions(int number) {
    return number < interactions.length ? interactions[number] : 0;
  }

  /**
   * Whether nothing is known of an item but that it exists, as of most of the {@link #newcomers}.
   */
  public boolean isUnknown(ServedItem item) {
    return item.withoutMetadata()
        && popularity(item.number()) == 0
        && isUntouched(item.number(), interactions);
  }

  static boolean isUntouched(int number, long[] interactions) {
    return number >= interactions.length || interactions[number] < TOUCHED;
  }

  /** Mean reward of the arms known so far, shrunk towards one in twenty. */
  public double rewardRate() {
    return rewardRate;
  }

  /**
   * What a configuration assumes of an arm by its neighbours; empty where the domain's {@link
   * #rewardRate} is all there is.
   */
  public Optional<Assumed> assumed(Assignment assignment, ItemId item) {
    return posteriors.assumed(assignment, item);
  }

  /** Of all configurations whose priors are of neighbours. */
  Collection<AssumedRates> assumed() {
    return posteriors.assumed().values();
  }

  /** What all configurations learned together. */
  public PosteriorSnapshot posteriors() {
    return posteriors.all();
  }

  /**
   * What a configuration learned by itself, and what answers outside of its experiment tell.
   *
   * @throws IllegalArgumentException if it is none of the experiment that runs
   */
  public PosteriorSnapshot posteriors(Assignment assignment) {
    return posteriors.of(assignment);
  }

  /** Arms whose linear statistics could not be used as they are. */
  public long repairs() {
    return posteriors.repairs();
  }

  /** Settled impressions of an arm in slots of the bandit, whatever they still count for. */
  public double shownEver(ItemId item) {
    return posteriors.ever().getOrDefault(item, 0.0);
  }

  /**
   * What a configuration with a contextual policy learned.
   *
   * @param features that it is to be asked with
   * @throws IllegalArgumentException if its policy is no contextual one
   */
  public ArmsSnapshot linear(Assignment assignment, DecisionFeatures features) {
    return posteriors.linear(assignment).of(features);
  }

  /** The items of a list by number. */
  public ServedItem item(int number) {
    return catalogue.get(number);
  }

  @Override
  public String toString() {
    return "DomainRanks["
        + catalogue.domain()
        + ", "
        + everyone.length
        + " items, segments "
        + bySegment.keySet()
        + ", first "
        + Arrays.toString(Arrays.copyOf(everyone, Math.min(5, everyone.length)))
        + "]";
  }
}
