package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.RelatedPriors;
import dev.thaw.models.bandit.RelatedPriors.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The reward rate that is assumed of new items before anybody was shown them, from the platform's
 * own log of items that are not new.
 */
public enum NewItemPriors {
  /** That of the whole domain. */
  DOMAIN("the domain's rate"),
  /** Drawn towards what items of the same categories earned. */
  CATEGORY("CTR of its categories"),
  /** Drawn towards what the items earned that are nearest to where content places the new one. */
  NEIGHBOURS("content neighbours");

  /** Impressions from which the platform's click-through rates are known. */
  private static final int SAMPLED = 50_000;

  private static final int NEAREST = 20;

  /** The domain's rate counts as an assumption of serving does; a category as a few hundred. */
  private static final RelatedPriors RELATED = new RelatedPriors(20, 200);

  private final String label;

  NewItemPriors(String label) {
    this.label = label;
  }

  /** For tables. */
  public String label() {
    return label;
  }

  /**
   * @param base the domain's rate
   * @param attention share of the visitors who look at a slot at all
   * @return by new item, in the order of {@link KnownSide#fresh}
   */
  double[] rates(
      Likings likings,
      KnownSide known,
      Map<ItemId, CatalogueItem> catalogue,
      double base,
      double attention,
      SplittableRandom sampling) {
    int[] fresh = known.fresh();
    double[] rates = new double[fresh.length];
    if (this == DOMAIN) {
      Arrays.fill(rates, base);
      return rates;
    }
    Map<Integer, ArmEvidence> log = log(likings, known, attention, sampling);
    Map<String, ArmEvidence> categories = new HashMap<>();
    log.forEach(
        (item, evidence) ->
            categories(known, catalogue, item)
                .forEach(each -> categories.merge(each, evidence, NewItemPriors::sum)));
    for (int i = 0; i < fresh.length; i++) {
      List<Source> sources =
          this == CATEGORY
              ? categories(known, catalogue, fresh[i]).stream()
                  .map(each -> new Source(categories.getOrDefault(each, ArmEvidence.NONE), 1))
                  .toList()
              : List.of(neighbours(known, i, log));
      rates[i] = RELATED.of(base, sources).mean();
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

  private record Near(ArmEvidence evidence, double similarity) {}

  private static Source neighbours(KnownSide known, int item, Map<Integer, ArmEvidence> log) {
    List<Near> nearest = new ArrayList<>();
    log.forEach(
        (other, evidence) -> nearest.add(new Near(evidence, known.similarity(item, other))));
    nearest.sort(
        Comparator.comparingDouble((Near each) -> -each.similarity)
            .thenComparing(each -> each.evidence.rewards())
            .thenComparing(each -> each.evidence.impressions()));
    List<Near> kept = nearest.subList(0, Math.min(NEAREST, nearest.size()));
    return RelatedPriors.neighbours(
        kept.stream().map(Near::evidence).toList(),
        kept.stream().mapToDouble(each -> Math.max(0, each.similarity)).toArray(),
        1);
  }
}
