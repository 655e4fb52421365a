package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.NearestArms;
import dev.thaw.models.bandit.NeighbourPriors;
import dev.thaw.models.bandit.RelatedPriors.Source;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The reward rate that is assumed of new items before anybody was shown them, from the platform's
 * own log of items that are not new.
 */
public enum NewItemPriors {
  /** That of the whole domain, as a sample has it. */
  SAMPLE("the domain's rate, of a sample"),
  /** That of the whole domain, by the log that the others are made of, too. */
  DOMAIN("the domain's rate"),
  /** Drawn towards what items of the same categories earned. */
  CATEGORY("CTR of its categories"),
  /** Drawn towards what the items earned that are nearest to where content places the new one. */
  NEIGHBOURS("content neighbours");

  /** Impressions from which the platform's click-through rates are known. */
  private static final int SAMPLED = 50_000;

  /** Serving's, which what categories earned is weighed by, too. */
  private static final NeighbourPriors SERVED = NeighbourPriors.DEFAULT;

  private final String label;

  NewItemPriors(String label) {
    this.label = label;
  }

  /** For tables. */
  public String label() {
    return label;
  }

  /**
   * @param sampled the domain's rate by a sample
   * @param attention share of the visitors who look at a slot at all
   * @return by new item, in the order of {@link KnownSide#fresh}
   */
  double[] rates(
      Likings likings,
      KnownSide known,
      Map<ItemId, CatalogueItem> catalogue,
      double sampled,
      double attention,
      SplittableRandom sampling) {
    int[] fresh = known.fresh();
    double[] rates = new double[fresh.length];
    if (this == SAMPLE) {
      Arrays.fill(rates, sampled);
      return rates;
    }
    Map<Integer, ArmEvidence> log = log(likings, known, attention, sampling);
    double base = log.values().stream().reduce(ArmEvidence.NONE, NewItemPriors::sum).mean();
    if (this == DOMAIN) {
      Arrays.fill(rates, base);
      return rates;
    }
    if (this == NEIGHBOURS) {
      return neighbours(known, log, base);
    }
    Map<String, ArmEvidence> categories = new HashMap<>();
    log.forEach(
        (item, evidence) ->
            categories(known, catalogue, item)
                .forEach(each -> categories.merge(each, evidence, NewItemPriors::sum)));
    for (int i = 0; i < fresh.length; i++) {
      List<Source> sources =
          categories(known, catalogue, fresh[i]).stream()
              .map(each -> new Source(categories.getOrDefault(each, ArmEvidence.NONE), 1))
              .toList();
      rates[i] = SERVED.related().of(base, sources).mean();
    }
    return rates;
  }

  /** By the neighbours that serving would find, were it shown this log. */
  private static double[] neighbours(KnownSide known, Map<Integer, ArmEvidence> log, double base) {
    Map<ItemId, ArmEvidence> earned = new HashMap<>();
    SortedMap<ItemId, float[]> places = new TreeMap<>();
    log.forEach(
        (item, evidence) -> {
          earned.put(known.id(item), evidence);
          places.put(known.id(item), known.place(item));
        });
    NearestArms arms = NearestArms.of(known.rank(), places);
    int[] fresh = known.fresh();
    double[] rates = new double[fresh.length];
    for (int i = 0; i < fresh.length; i++) {
      rates[i] =
          SERVED
              .of(
                  base,
                  arms.of(known.id(fresh[i]), known.seeded(i), SERVED.nearest()),
                  item -> earned.getOrDefault(item, ArmEvidence.NONE))
              .map(NeighbourPriors.Assumed::rate)
              .orElse(base);
    }
    return rates;
  }

  private static Map<Integer, ArmEvidence> log(
      Likings likings, KnownSide known, double attention, SplittableRandom sampling) {
    Set<Integer> fresh = IntStream.of(known.fresh()).boxed().collect(Collectors.toSet());
    Map<Integer, ArmEvidence> log = new HashMap<>();
    for (int i = 0; i < SAMPLED; i++) {
      int item = sampling.nextInt(known.items());
      int user = known.user(sampling.nextInt(known.visitors()));
      double drawn = sampling.nextDouble();
      if (!fresh.contains(item)) {
        int click = drawn < attention * likings.chance(user, item) ? 1 : 0;
        log.merge(item, new ArmEvidence(1, click), NewItemPriors::sum);
      }
    }
    return log;
  }

  private static ArmEvidence sum(ArmEvidence a, ArmEvidence b) {
    return new ArmEvidence(a.impressions() + b.impressions(), a.rewards() + b.rewards());
  }

  private static List<String> categories(
      KnownSide known, Map<ItemId, CatalogueItem> catalogue, int item) {
    CatalogueItem record = catalogue.get(known.id(item));
    return record == null ? List.of() : record.categories();
  }
}
